/** The first lines of the header: what it predicts, how it is called, and what it takes. */
import type { ModelDescription } from '../description.ts';
import { commented } from './names.ts';

export function usage({ outputs, inputs, members }: ModelDescription, example: string[], scratch: number): string {
  const parameters = members
    .flatMap(({ layers }) => layers.flatMap(({ tensors }) => Object.values(tensors)))
    .reduce((sum, { values }) => sum + values.length, 0);
  const answer =
    outputs[0].kind === 'classes'
      ? 'perceptron_class_name(answer.label), answer.probabilities'
      : outputs.length > 1
        ? 'a number for each target'
        : `answer.value${outputs[0].half_width === undefined ? '' : ', answer.low, answer.high'}`;
  const lines = [
    `Predicts ${outputs.map(({ column }) => commented(column)).join(' and ')}. Made by Perceptron Lab.`,
    '',
    '  #include "model.h"',
    '  perceptron_row row = perceptron_empty_row();',
    ...example.map((line) => `  ${line.replaceAll('*/', '*\\/').replaceAll('/*', '/\\*')}`),
    ...(example.length < inputs.length ? ['  ...'] : []),
    '  perceptron_answer answer = perceptron_predict(&row);',
    `  (${answer})`,
    '',
    `C99 with <math.h> (link with -lm), little or big endian. It holds ${4 * parameters} bytes of parameters, allocates nothing and takes`,
    `about ${scratch} bytes of stack. Layers are computed in float: answers differ from those of the program that made this by about`,
    'a millionth of the range of the answers. Missing numbers are NAN, which -ffast-math would break. All names are',
    'static: each model in a source file of its own.',
  ];
  return `/*\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}
