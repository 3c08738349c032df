/** Why WebGPU cannot train something, and what became of its device: loaded with that engine. */

import { inEnglish, type Message, type Said } from '../../../util/message.ts';
import { rounded, count as whole } from '../../../util/thousands.ts';

interface Because {
  cause: string;
}

interface Sizes {
  bytes: number;
  limit: number;
}

interface Needed {
  work: keyof typeof works;
  trials: number;
  bytes: number;
  /** The largest. */
  parts: readonly { name: string; bytes: number }[];
}

/** What is under way when a device fails. */
export type Doing =
  | 'testing itself'
  | 'making the population'
  | 'training'
  | 'evaluating'
  | 'predicting'
  | 'checking parameters'
  | 'reading parameters'
  | 'saving';

export const works = {
  training: 'Training',
  evaluating: 'Evaluating',
  predicting: 'Predicting',
  checking: 'Checking the parameters',
};

/** What would help trials that a plan cannot train. */
export const planHelp = {
  cpu: 'use engine cpu',
  resident: 'choose auto or resident',
  layered: 'choose auto or layered',
  smaller: 'use a smaller batch_size or fewer units',
};

/** Why a plan cannot train some trials. */
export interface PlanRefusal {
  why: Message;
  help: keyof typeof planHelp;
}

/** What a workgroup of the resident plan has to hold, and where. */
export const residentContents = {
  activations: "a batch's activations",
  rows: "a batch's rows",
  all_activations: "all trials' activations",
};
export const residentMemory = { workgroup: 'workgroup memory', storage: 'a storage buffer' };

/** Integers of 32 bits in full, and no more of a float32 than it has. */
export const digits = (value: number) => String(Number(value.toPrecision(Number.isInteger(value) ? 10 : 7)));

export const megabytes = (bytes: number) => rounded(bytes / 1e6, 3);

const fewer = 'fewer units, a smaller batch_size, or engine cpu.';

const needed = ({ work, trials, bytes, parts }: Needed) =>
  `${works[work]}${trials > 1 ? ` ${trials} trials together` : ''} needs ${megabytes(bytes)} MB of GPU memory ` +
  `(${parts.map((part) => `${part.name} ${megabytes(part.bytes)}`).join(', ')}), more than the`;

const beyond = ({ bytes, limit }: Sizes) =>
  `${megabytes(bytes)} MB; this adapter's largest buffer is ${megabytes(limit)} MB. Use`;

/** A rate as a person wants to read it: two figures say all that a measurement is worth. */
export const shortRate = (rate: number) => rounded(rate, 2);

/** Steps a second of the plan that is taken and of the other, which was not tried where it is `bounded`. */
interface PlanRates {
  plan: 'resident' | 'layered';
  rate: number;
  other: number;
  bounded: boolean;
}

export const otherPlan = { resident: 'layered', layered: 'resident' };

export const gpu = {
  self_test_failed: ({ adapter, why }: { adapter: string; why: Said }) =>
    `engine: the WebGPU adapter ${adapter} fails a self-test (${inEnglish(why).replace(/\.$/, '')}); choose cpu.`,
  self_test_number: ({ name, found, expected }: { name: string; found: number; expected: number }) =>
    `${name} is ${digits(found)}, and should be ${digits(expected)}`,
  device_refused: ({ adapter, cause }: Because & { adapter: string }) =>
    `The adapter ${adapter} gives no device: ${cause}`,
  device_lost: ({ doing, why }: { doing: Doing; why: Said }) =>
    `The GPU device was lost while ${doing}: ${inEnglish(why)}.`,
  engine_closed: 'the engine was closed',
  gpu_process_ended: 'the GPU process of the browser ended',
  loss_unexplained: 'no reason given',
  gpu_error: ({ doing, cause }: Because & { doing: Doing }) => `The GPU reported an error while ${doing}: ${cause}`,
  kernel_broken: ({ name, cause }: Because & { name: string }) => `The GPU kernel "${name}" does not compile: ${cause}`,

  memory_short: (p: Needed) => `${needed(p)} device has left; use ${p.trials > 1 ? 'fewer trials, ' : ''}${fewer}`,
  budget_short: ({ budget, held, fitting, ...p }: Needed & { budget: number; held: number; fitting: number }) =>
    `${needed(p)} ${megabytes(budget)} MB of memory_bytes${held > 0 ? `, of which ${megabytes(held)} are in use` : ''}; ` +
    `use ${fitting > 0 ? `${fitting} ${fitting === 1 ? 'trial' : 'trials or fewer'}, ` : ''}${fewer}`,
  buffer_too_large: ({ name, bytes, limit }: Sizes & { name: string }) =>
    `${name}: ${megabytes(bytes)} MB are needed, more than the ${megabytes(limit)} MB that one buffer of this adapter may hold; use ${fewer}`,
  rows_too_many: (p: Sizes & { count: number }) =>
    `The list of training rows takes ${beyond(p)} ${p.count} training rows or fewer, or engine cpu.`,
  parameters_too_many: (p: Sizes & { units: number }) =>
    `The parameters and what the optimizer keeps for them take ${beyond(p)} ${p.units > 0 ? `hidden layers of ${whole(p.units)} units or fewer` : 'fewer units'}, optimizer sgd, or engine cpu.`,
  batch_too_large: (p: Sizes & { count: number }) =>
    `A batch takes ${beyond(p)} a batch_size of ${p.count} or less, or fewer units.`,

  adapter_real: ({ adapter }: { adapter: string }) => `WebGPU runs on a real GPU (${adapter})`,
  adapter_failing: ({ adapter, why }: { adapter: string; why: Said }) =>
    `the WebGPU adapter ${adapter} fails a self-test (${inEnglish(why).replace(/\.$/, '')}), so the CPU trains without it`,
  only_room: ({ why }: { why: Said }) => `the other engine has no room: ${inEnglish(why).replace(/\.$/, '')}`,
  measured: 'measured',
  cpu_far_behind: ({ rate }: { rate: number }) => `measured ${shortRate(rate)} steps/s; the CPU could not come near`,
  both_measured: ({ adapter, rate, other }: { adapter: string; rate: number; other: number }) =>
    `measured ${shortRate(rate)} steps/s on WebGPU (${adapter}), ${shortRate(other)} on the CPU`,

  plan_refused: ({ why, help }: PlanRefusal) => `plan: ${why.text}; ${planHelp[help]}.`,
  resident_refused: ({ why, help }: PlanRefusal) =>
    `plan: the resident plan does not fit: ${why.text}; ${planHelp[help]}.`,
  layers_too_many: ({ most }: { most: number }) => `the layered plan has room for ${most} layers`,
  embedded_too_many: ({ most }: { most: number }) =>
    `the layered plan embeds the features of models with up to ${most} of them`,
  layered_unlike: 'the layered plan needs one activation, optimizer and batch_size for all trials',
  resident_dense: 'the resident plan trains dense layers alone, all tensors at one learning rate',
  resident_full: (p: Sizes & { content: keyof typeof residentContents; memory: keyof typeof residentMemory }) =>
    `${residentContents[p.content]} take ${p.bytes} bytes, more than the ${p.limit} bytes of ${residentMemory[p.memory]} that this device gives`,
  rows_for_layered: ({ most }: { most: number }) => `a batch has more than ${most} rows`,
  step_for_layered: 'a step would take one core long',
  plans_measured: ({ plan, rate, other, bounded }: PlanRates) =>
    bounded
      ? `measured ${shortRate(rate)} steps/s; ${otherPlan[plan]} could not reach more than ${shortRate(other)}`
      : `measured ${shortRate(rate)} steps/s, ${otherPlan[plan]} ${shortRate(other)}`,

  custom_loss_gpu: ({ name }: { name: string }) =>
    `loss: ${name} is a loss of your own, which WebGPU cannot compute; request the engine cpu or reference.`,
  custom_loss_cpu: 'the loss is of your own, which the CPU alone computes',

  momentum_absent: 'momentum: this run began without momentum; start a new run to use it.',
  clipping_absent: 'clip_norm: this run began without clipping; start a new run to use it.',
};
