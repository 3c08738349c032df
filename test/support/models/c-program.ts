/** Compiles exported headers and runs them: one program that answers for the rows of every case. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseDays } from '../../../src/data/table/dates.ts';
import type { Table } from '../../../src/data/table/table.ts';
import { toC } from '../../../src/export/c/c.ts';
import { stringLiteral } from '../../../src/export/c/names.ts';
import { describeModel } from '../../../src/export/description.ts';
import type { Model } from '../../../src/model/model.ts';
import { type Answer, rowsOf } from './rows-of.ts';

const strict = ['-std=c99', '-Wall', '-Wextra', '-Werror', '-pedantic', '-O2'];

export function findCompiler(): string | undefined {
  return [process.env.CC ?? 'gcc', 'cc', 'clang'].find((name) => spawnSync(name, ['--version']).status === 0);
}

/** The answers [case][row], by the name of the target. @param more flags of the compiler */
export async function answersInC(
  compiler: string,
  cases: readonly { model: Model; table: Table }[],
  more: readonly string[] = [],
): Promise<Record<string, Answer>[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'perceptron-c-'));
  const run = promisify(execFile);
  try {
    const parts = cases.map(({ model, table }, index) => caseSource(model, table, index));
    const calls = cases.map((_, index) => `  case_${index}();`);
    const source = `#include <stdio.h>\n${parts.join('\n')}\nint main(void) {\n${calls.join('\n')}\n  return 0;\n}\n`;
    writeFileSync(join(folder, 'answers.c'), source);
    cases.forEach(({ model }, index) => {
      writeFileSync(join(folder, `model_${index}.h`), renamed(toC(model), index));
    });
    await run(compiler, [...strict, ...more, 'answers.c', '-o', 'answers', '-lm'], { cwd: folder });
    const { stdout } = await run(join(folder, 'answers'), { maxBuffer: 2 ** 26 });
    return answersIn(stdout, cases);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The header with names of its own, so that all are in one source file: one compiler starts once. */
function renamed(source: string, index: number): string {
  if (index === 0) return source;
  return source.replaceAll('perceptron_', `p${index}_`).replaceAll('PERCEPTRON_', `P${index}_`);
}

function caseSource(model: Model, table: Table, index: number): string {
  const { inputs, outputs } = describeModel(model);
  const header = toC(model);
  const struct = /typedef struct \{\n([^}]*)\} perceptron_row;/.exec(header)?.[1] ?? '';
  const fields = [...struct.matchAll(/^ {2}(?:double|int) (\w+);/gm)].map(([, name]) => name);
  const rows = rowsOf(table);
  const number = (cell: string | number | null, format?: string) => {
    const value = typeof cell === 'string' ? parseDays(cell, format ?? '') : cell;
    return value === null ? 'NAN' : String(value);
  };
  const cells = rows.map((row) =>
    inputs.map((input) =>
      'encoding' in input ? number(row[input.column], 'format' in input ? input.format : '') : '0',
    ),
  );
  const texts = rows.map((row) =>
    inputs.map(({ column }) => (typeof row[column] === 'string' ? stringLiteral(row[column]) : '0')),
  );
  const lines = (all: string[][]) => all.map((row) => `{${row.join(', ')}}`).join(',\n  ');
  const assignments = inputs.map((input, i) =>
    'encoding' in input
      ? `row.${fields[i]} = cells[r][${i}];`
      : `row.${fields[i]} = perceptron_${fields[i]}_level(texts[r][${i}]);`,
  );
  const size = `[${rows.length}][${inputs.length}]`;
  const body = `
static void case_${index}(void) {
  static const double cells${size} = {
  ${lines(cells)}};
  static const char *const texts${size} = {
  ${lines(texts)}};
  int r;
  for (r = 0; r < ${rows.length}; r++) {
    perceptron_row row = perceptron_empty_row();
    perceptron_answer answer;
    (void)texts; (void)cells;
    ${assignments.join('\n    ')}
    answer = perceptron_predict(&row);
    ${outputs.map((output, o) => printed(header, output, o, outputs.length)).join('\n    ')}
  }
}
`;
  return `#include "model_${index}.h"\n${renamed(body, index)}`;
}

type Output = ReturnType<typeof describeModel>['outputs'][number];

function printed(header: string, output: Output, o: number, count: number): string {
  if (output.kind === 'classes') {
    const shares = output.classes.map((_, c) => `answer.probabilities[${c}]`);
    return `printf("${' %.9g'.repeat(shares.length)}\\n", ${shares.join(', ')}); printf("%d\\n", answer.label);`;
  }
  const targets = [...header.matchAll(/^ {2}perceptron_number (\w+);/gm)].map(([, name]) => name);
  const own = count === 1 ? 'answer' : `answer.${targets[o]}`;
  const parts = output.half_width === undefined ? ['value'] : ['value', 'low', 'high'];
  return `printf("${parts.map(() => '%.17g').join(' ')}\\n", ${parts.map((part) => `${own}.${part}`).join(', ')});`;
}

function answersIn(text: string, cases: readonly { model: Model; table: Table }[]): Record<string, Answer>[][] {
  const lines = text.trimEnd().split('\n');
  let at = 0;
  const numbers = () => lines[at++].trim().split(' ').map(Number);
  return cases.map(({ model, table }) =>
    Array.from({ length: table.rows }, () =>
      Object.fromEntries(
        describeModel(model).outputs.map((output): [string, Answer] => {
          const own = numbers();
          if (output.kind === 'classes') {
            const shares = output.classes.map((name, c) => [name, own[c]]);
            return [output.column, { class: output.classes[numbers()[0]], probabilities: Object.fromEntries(shares) }];
          }
          const [value, low, high] = own;
          return [output.column, low === undefined ? { value } : { value, low, high }];
        }),
      ),
    ),
  );
}
