/** Why an engine is taken or cannot be had, and which checkpoints it cannot go on from. */
import { inEnglish, type Said } from '../../util/message.ts';

export const engines = {
  memory_budget: ({ size }: { size: number }) => `memory_bytes: ${size} is no budget; give a number of bytes above 0.`,
  threads_unknown: ({ option, input, most }: { option: string; input: string; most: number }) =>
    `${option}: ${input} is no number of threads; give a whole number from 1 to ${most}.`,
  webgpu_refused: ({ why }: { why: Said }) => `engine: WebGPU is not available here (${inEnglish(why)}); choose cpu.`,
  webgpu_unsupported: 'this browser or runtime does not offer it',
  adapter_missing: 'there is no graphics adapter for it',

  asked_for: 'asked for',
  measured: 'measured',
  only_plan: 'the CPU has no other',
  webgpu_missing_here: ({ why }: { why: Said }) => `WebGPU is not available (${inEnglish(why)})`,
  adapter_software: ({ adapter }: { adapter: string }) =>
    `the only WebGPU adapter here (${adapter}) is a CPU in disguise, so the CPU trains without it`,

  checkpoint_other: 'The checkpoint is of another population; begin anew.',
  checkpoint_plan: ({ theirs, ours }: { theirs: string; ours: string }) =>
    `The checkpoint is of plan ${theirs}, and this population has plan ${ours}; begin anew.`,
};
