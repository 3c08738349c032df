/** What a model answers, as C: a struct, and the statements that fill it from the outputs z. */
import type { ModelDescription, NumberOutput } from '../description.ts';
import { double, floats } from './arrays.ts';
import { commented, identifiers, stringLiteral } from './names.ts';

export interface AnswerSource {
  declarations: string;
  answers: string;
}

export function answerSource({ outputs, average }: Pick<ModelDescription, 'outputs' | 'average'>): AnswerSource {
  const [first] = outputs;
  if (first.kind === 'classes') return classSource(first.column, first.classes, average);
  return numberSource(outputs.filter((output) => output.kind === 'number'));
}

function numberSource(outputs: readonly NumberOutput[]): AnswerSource {
  const fieldName = identifiers('target');
  const targets = outputs.map((output) => ({ output, field: fieldName(output.column) }));
  const single = targets.length === 1;
  const ends = outputs[0].half_width === undefined ? '' : ' double low; double high;';
  const level = outputs[0].level === undefined ? '' : ` The interval holds ${100 * outputs[0].level} % of answers.`;
  const fields = targets.map(({ output, field }) => `  perceptron_number ${field}; /* ${commented(output.column)} */`);
  const whole = single
    ? `/* ${commented(outputs[0].column)} */\ntypedef perceptron_number perceptron_answer;\n`
    : `typedef struct {\n${fields.join('\n')}\n} perceptron_answer;\n`;
  return {
    declarations: `/* A predicted number in the units of the table.${level} */\ntypedef struct { double value;${ends} } perceptron_number;\n\n${whole}`,
    answers: targets
      .flatMap(({ output, field }, o) => {
        const own = single ? 'answer' : `answer.${field}`;
        const half = output.half_width;
        return [
          `  ${own}.value = ${inUnits(output, `z[${o}]`)};`,
          ...(half === undefined
            ? []
            : [
                `  ${own}.low = ${inUnits(output, `z[${o}] - ${double(half)}`)};`,
                `  ${own}.high = ${inUnits(output, `z[${o}] + ${double(half)}`)};`,
              ]),
        ];
      })
      .join('\n'),
  };
}

function inUnits({ scale, offset, log }: NumberOutput, z: string): string {
  const value = `(${z}) * ${double(scale)} + (${double(offset)})`;
  return log ? `expm1(${value})` : value;
}

function classSource(column: string, classes: readonly string[], average: ModelDescription['average']): AnswerSource {
  const count = classes.length;
  const name = identifiers('CLASS', new Set(), true);
  const constants = classes.map((text, place) => {
    const comma = place + 1 < count ? ',' : '';
    return `  PERCEPTRON_CLASS_${name(text)} = ${place}${comma} /* ${commented(text)} */`;
  });
  return {
    declarations: `/* The class of ${commented(column)} */
enum {
${constants.join('\n')}
};

static inline const char *perceptron_class_name(int label) {
  static const char *const names[${count}] = {
    ${classes.map(stringLiteral).join(',\n    ')}};
  return label >= 0 && label < ${count} ? names[label] : "";
}

typedef struct {
  int label;                  /* one of the constants above */
  float probabilities[${count}]; /* of each of them */
} perceptron_answer;
`,
    answers: count === 2 ? twoClasses(average) : manyClasses(average, count),
  };
}

function twoClasses(average: ModelDescription['average']): string {
  if (average === 'logistic') {
    return `  answer.label = z[0] > 0.0f;
  answer.probabilities[0] = 1.0f / (1.0f + expf(z[0]));
  answer.probabilities[1] = 1.0f / (1.0f + expf(-z[0]));`;
  }
  return `  answer.label = z[0] >= 0.5f;
  answer.probabilities[1] = perceptron_within(z[0], ${floats([0, 1])});
  answer.probabilities[0] = 1.0f - answer.probabilities[1];`;
}

function manyClasses(average: ModelDescription['average'], count: number): string {
  const label = `  answer.label = perceptron_largest(z, ${count});\n`;
  if (average === 'softmax') return `${label}  perceptron_softmax(z, ${count}, answer.probabilities);`;
  const each = Array.from({ length: count }, (_, c) => {
    const share = average === 'logistic' ? `1.0f / (1.0f + expf(-z[${c}]))` : `perceptron_within(z[${c}], 0.0f, 1.0f)`;
    return `  answer.probabilities[${c}] = ${share};`;
  });
  return `${label}${each.join('\n')}\n  perceptron_shares(${count}, answer.probabilities);`;
}
