/**
 * A model as one header of C99, for microcontrollers: it allocates nothing, prints nothing, and holds its parameters as
 * constants. The functions that are the same for every model are in `runtime.h`.
 *
 * Cells are made features in double, since a few digits of a large number or of a date may be all that differs; layers
 * are computed in float.
 */
import type { ModelData } from '../../model/model-data.ts';
import {
  describeModel,
  type ExportedFile,
  type ExportOptions,
  type MemberDescription,
  type ModelDescription,
} from '../description.ts';
import { answerSource } from './answer.ts';
import { floats } from './arrays.ts';
import { inputSource } from './inputs.ts';
import { memberSource } from './layers.ts';
import runtime from './runtime.h?raw';
import { usage } from './usage.ts';

export function cFiles(model: ModelData, options: ExportOptions): ExportedFile[] {
  return [{ name: 'model.h', bytes: new TextEncoder().encode(toC(model, options)) }];
}

/** The text of a header of C99; its first lines say how it is used. */
export function toC(model: ModelData, options: ExportOptions = {}): string {
  const described = describeModel(model, options);
  const { members, inputs, outputs } = described;
  const input = inputSource(inputs);
  const answer = answerSource(described);
  return [
    usage(described, input.example, scratchBytes(described)),
    '#ifndef PERCEPTRON_MODEL_H\n#define PERCEPTRON_MODEL_H\n',
    '#include <float.h>\n#include <math.h>\n',
    runtime,
    input.declarations,
    answer.declarations,
    ...members.map(memberSource),
    input.features,
    predictSource(described, answer.answers),
    `#endif /* predicts ${outputs.length === 1 ? 'one target' : `${outputs.length} targets`} */\n`,
  ].join('\n');
}

const outputsOf = ({ layers }: MemberDescription) => layers[layers.length - 1].outputs;

/** The most that is on the stack at once, but for what the compiler adds. */
function scratchBytes({ features, members }: ModelDescription): number {
  const perMember = members.map(({ layers }) => {
    const widths = layers.slice(0, -1).map(({ outputs }) => outputs);
    return Math.min(2, widths.length) * Math.max(0, ...widths);
  });
  return 4 * (features + members.length * outputsOf(members[0]) + Math.max(...perMember));
}

function predictSource(
  { features, members, average, temperature, outputs }: ModelDescription,
  answers: string,
): string {
  const width = outputsOf(members[0]);
  const calls = members.map((_, m) => `  perceptron_member_${m}(x, z + ${m * width});`);
  const weights = floats(members.map(({ weight }) => weight));
  const averaging =
    members.length === 1
      ? []
      : [`  perceptron_average_${average}(z, perceptron_member_weights, ${members.length}, ${width});`];
  const limits = outputs.flatMap((output, o) =>
    output.kind === 'number' && output.limits
      ? [`  z[${o}] = perceptron_within(z[${o}], ${floats(output.limits)});`]
      : [],
  );
  const cooling = temperature === 1 ? [] : [`  for (o = 0; o < ${width}; o++) z[o] /= ${floats([temperature])};`];
  return `${members.length === 1 ? '' : `static const float perceptron_member_weights[${members.length}] = {${weights}};\n\n`}/* The answer for a row. */
static inline perceptron_answer perceptron_predict(const perceptron_row *row) {
  perceptron_answer answer;
  float x[${features}];
  float z[${members.length * width}];
${[...(cooling.length > 0 ? ['  int o;'] : []), '  perceptron_features(row, x);', ...calls, ...averaging, ...cooling, ...limits].join('\n')}
${answers}
  return answer;
}
`;
}
