/** Why a file is no model, and where its answers cannot go. */

import { inEnglish, type Said } from '../../../util/message.ts';
import { counted, count as whole } from '../../../util/thousands.ts';
import { chosenPercent, conjunction } from '../../../util/words.ts';

interface Because {
  source: string;
  why: Said;
}

interface TensorName {
  name: string;
}

const sides = (shape: readonly number[]) => `[${shape.join(', ')}]`;

export const models = {
  not_safetensors: ({ source, why }: Because) => `${source} is not a safetensors file: ${inEnglish(why)}.`,
  header_length_missing: 'it is shorter than 8 bytes',
  header_length_wrong: 'it does not begin with the length of a header',
  header_cut: 'it ends within its header; it may be cut short, so copy it again',
  header_not_json: 'its header is not JSON',
  header_start: 'its header does not begin with {',
  header_unreadable: ({ why }: { why: Said }) => `its header cannot be read (${inEnglish(why).replace(/\.$/, '')})`,
  metadata_not_text: 'its metadata is not text by name',
  header_no_tensor: ({ name }: TensorName) => `its header says of ${JSON.stringify(name)} what no tensor is`,

  tensor_overlaps: ({ name }: TensorName) => `${name} begins before the tensor before it ends`,
  tensor_gap: ({ name }: TensorName) => `there are bytes of no tensor before ${name}`,
  tensor_size: ({ name, size, expected }: TensorName & { size: number; expected: number }) =>
    `${name} takes ${size} bytes, not ${expected}`,
  bytes_left: ({ size }: { size: number }) => `it goes on for ${counted(size, 'byte')} after its last tensor`,

  not_our_model: ({ source, why }: Because) => `${source} is not a model of Perceptron Lab: ${inEnglish(why)}.`,
  model_of_others: 'it is a safetensors file that another program wrote',
  model_version: ({ version, versions }: { version: string | undefined; versions: readonly string[] }) =>
    `its version is ${JSON.stringify(version)}; this program reads versions ${conjunction(versions)}`,
  model_part_unreadable: ({ name, why }: { name: string; why: Said }) =>
    `its ${name} cannot be read (${inEnglish(why).replace(/\.$/, '')})`,
  model_outputs: 'its last layer does not have the outputs that its targets ask for',
  member_weights: ({ total }: { total: number }) => `the weights of its members add up to ${total}, not to 1`,
  member_losses: ({ losses }: { losses: readonly string[] }) =>
    `its members were trained with different losses (${losses.join(', ')})`,
  model_calibration: 'its calibration is that of another kind of model',
  tensor_count: (p: { count: number; layers: number; expected: number }) =>
    `it has ${p.count} tensors where ${p.layers} layers make ${p.expected}`,
  tensor_empty: ({ name }: TensorName) => `${name} is empty`,
  layer_embedding: ({ name }: TensorName) => `${name} embeds inputs that it does not have, or one of them twice`,
  tensor_missing: ({ name }: TensorName) => `it has no tensor ${name}`,
  tensor_type: ({ name, type }: TensorName & { type: string }) => `${name} is ${JSON.stringify(type)}, not F32`,
  tensor_shape: ({ name, shape, wanted }: TensorName & { shape: readonly number[]; wanted: readonly number[] }) =>
    `${name} has shape ${sides(shape)}, not ${sides(wanted)}`,
  tensor_not_finite: ({ name, count }: TensorName & { count: number }) =>
    `of the values of ${name}, ${count} ${count === 1 ? 'is no finite number' : 'are no finite numbers'}`,
  layer_kinds: (p: { count: number; layers: number }) =>
    `it says of ${p.count} layers of what kind they are, and has ${p.layers}`,
  settings_of_other_layers: (p: { setting: string; input: string; layers: string }) =>
    `its settings have ${p.setting} ${p.input}, its layers have ${p.layers}`,
  tensor_cut: ({ source, name }: TensorName & { source: string }) =>
    `${source} ends within ${name}; it may be cut short, so copy it again.`,

  level_range: ({ input }: { input: string }) =>
    `${input} is no level of an interval; give a share between 0 and 1, such as 0.9.`,
  no_intervals:
    'This model has no intervals: they are of numbers alone, and of models whose errors were kept, as fit keeps them.',
  level_unreachable: (p: { level: number; count: number; fewest: number; reachable: number }) =>
    `Intervals that hold ${chosenPercent(p.level)} of answers need the errors of ${counted(p.fewest, 'row')}; this model has those of ${p.count}, enough for ${chosenPercent(p.reachable)}.`,

  answers_not_finite: ({ source, count, row }: { source: string; count: number; row: number }) =>
    `${source && `${source}: `}the predictions for ${counted(count, 'row')} are no finite numbers, the first for row ${row}; the sums of this model overflow.`,
  answer_not_finite: 'The prediction is no finite number: the sums of this model overflow for these values.',
  rows_trained_on: ({
    source,
    count,
    learned,
    all,
  }: {
    source: string;
    count: number;
    learned: number;
    all: boolean;
  }) =>
    `${source} has the name and the number of rows (${whole(count)}) of the table that the model comes from, which has learned from ${all ? 'all' : whole(learned)} of them: if it is that table, these scores are not those of new rows.`,
  answers_there: ({ source, column }: { source: string; column: string }) =>
    `${source} has a column ${JSON.stringify(column)} already; rename it or leave it out.`,
};
