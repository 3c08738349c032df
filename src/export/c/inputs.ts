/** The columns of a table as C: a struct with a field for each, the levels of categories, and what fills the features. */
import type { InputDescription, NumberInput } from '../description.ts';
import { exampleCells } from '../example.ts';
import { double, doubleArray } from './arrays.ts';
import { commented, identifiers, stringLiteral } from './names.ts';

export interface InputSource {
  /** The struct of a row, levels, and the constants of encodings. */
  declarations: string;
  /** The function that fills the features. */
  features: string;
  /** Statements that fill a row, to show how. */
  example: string[];
}

export function inputSource(inputs: readonly InputDescription[]): InputSource {
  const fieldName = identifiers('column');
  const levelName = identifiers('LEVEL', new Set(['MISSING', 'UNKNOWN']), true);
  const columns = inputs.map((input) => ({ input, field: fieldName(input.column) }));
  const fields = columns.map(({ input, field }) => {
    const type = 'encoding' in input ? 'double' : 'int';
    return `  ${type} ${field}; /* ${commented(input.column)}${remark(input)} */`;
  });
  const levels = columns.flatMap(({ input, field }) => {
    const texts = textsOf(input);
    return texts ? [levelSource(field, texts, (text) => `PERCEPTRON_${levelName(`${field} ${text}`)}`)] : [];
  });
  const arrays = columns.flatMap(({ input, field }) => encodingArrays(input, field));
  const empty = columns.map(
    ({ input, field }) => `  row.${field} = ${'encoding' in input ? '(double)NAN' : 'PERCEPTRON_MISSING'};`,
  );
  return {
    declarations: `/* A row of the table. Numbers are NAN where they are missing. */
typedef struct {
${fields.join('\n')}
} perceptron_row;

/* A row with nothing but missing cells. */
static inline perceptron_row perceptron_empty_row(void) {
  perceptron_row row;
${empty.join('\n')}
  return row;
}

${[...levels, ...arrays].join('\n')}`,
    features: featuresSource(columns),
    example: exampleCells(inputs).map(([, cell], index) => {
      const { input, field } = columns[index];
      if (input.kind === 'date') return `row.${field} = perceptron_days(${datePart(String(cell))});`;
      return `row.${field} = ${
        typeof cell === 'number' ? double(cell) : `perceptron_${field}_level(${stringLiteral(cell)})`
      };`;
    }),
  };
}

const datePart = (iso: string) => iso.split('-').map(Number).join(', ');

function remark(input: InputDescription): string {
  if (input.kind === 'date') return ': days since 1970-01-01, as perceptron_days gives them';
  if (input.kind === 'number') {
    const { before = '', after = '' } = input.unit ?? {};
    const unit = (before + after).trim();
    return unit === '' ? '' : `, in ${commented(unit)}`;
  }
  return ': one of the constants below';
}

/** By their places. */
function textsOf(input: InputDescription): string[] | undefined {
  if (input.kind === 'category') return input.levels;
  return input.kind === 'boolean' ? [input.falsehood, input.truth] : undefined;
}

function levelSource(field: string, texts: readonly string[], nameOf: (text: string) => string): string {
  const constants = texts.map((text, place) => `  ${nameOf(text)} = ${place} /* ${commented(text)} */`);
  // The comma stands before the comment, whose text may be anything.
  const lines = constants.map((line, at) => (at + 1 < texts.length ? line.replace(' /*', ', /*') : line));
  return `enum {
${lines.join('\n')}
};

static inline int perceptron_${field}_level(const char *text) {
  static const char *const levels[${texts.length}] = {
    ${texts.map(stringLiteral).join(',\n    ')}};
  return perceptron_find(text, levels, ${texts.length});
}
`;
}

function encodingArrays(input: InputDescription, field: string): string[] {
  if (!('encoding' in input)) return [];
  if (input.encoding.kind === 'quantile')
    return [doubleArray(`perceptron_${field}_quantiles`, input.encoding.quantiles)];
  if (input.encoding.kind === 'piecewise_linear')
    return [doubleArray(`perceptron_${field}_edges`, input.encoding.edges)];
  return [];
}

function featuresSource(columns: readonly { input: InputDescription; field: string }[]): string {
  const numbers = columns.some(({ input }) => 'encoding' in input);
  const levels = columns.some(({ input }) => !('encoding' in input));
  const total = columns.reduce((sum, { input }) => sum + input.width, 0);
  return `static inline void perceptron_features(const perceptron_row *row, float *x) {
${numbers ? '  double value;\n' : ''}${levels ? '  int place;\n' : ''}  int at;
  for (at = 0; at < ${total}; at++) x[at] = 0.0f;
${columns
  .flatMap(({ input, field }) => cellSource(input, field))
  .map((line) => `  ${line}`)
  .join('\n')}
}
`;
}

function cellSource(input: InputDescription, field: string): string[] {
  const { from } = input;
  if (input.kind === 'boolean') {
    return [
      `place = perceptron_place(row->${field}, 2, ${input.missing}, ${input.missing});`,
      `x[${from}] = (float)place;`,
    ];
  }
  if (input.kind === 'category') {
    const { levels, missing, unknown } = input;
    return [
      `place = perceptron_place(row->${field}, ${levels.length}, ${missing}, ${unknown});`,
      `if (place >= 0) x[${from} + place] = 1.0f;`,
    ];
  }
  const turns = input.kind === 'date' ? input.turns : [];
  const first = from + input.width - 2 * turns.length;
  const absent = `isnan(row->${field})`;
  return [
    `value = ${absent} ? ${double(input.missing)} : row->${field};`,
    encodeSource(input, field, from),
    ...(input.indicator ? [`x[${first - 1}] = ${absent} ? 1.0f : 0.0f;`] : []),
    ...turns.map((turn, index) => `perceptron_turn(value, ${double(turn)}, x + ${first + 2 * index});`),
  ];
}

function encodeSource({ encoding }: Pick<NumberInput, 'encoding'>, field: string, from: number): string {
  switch (encoding.kind) {
    case 'scale':
      return `x[${from}] = (float)((value - ${signed(encoding.offset)}) / ${double(encoding.scale)});`;
    case 'robust':
      return `x[${from}] = perceptron_robust((value - ${signed(encoding.offset)}) / ${double(encoding.scale)});`;
    case 'quantile': {
      const count = encoding.quantiles.length;
      return `x[${from}] = perceptron_normal(perceptron_share(value, perceptron_${field}_quantiles, ${count}));`;
    }
    case 'piecewise_linear':
      return `perceptron_pieces(value, perceptron_${field}_edges, ${encoding.edges.length - 1}, x + ${from});`;
  }
}

const signed = (value: number) => (value < 0 ? `(${double(value)})` : double(value));
