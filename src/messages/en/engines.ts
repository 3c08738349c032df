/** Why an engine is taken or cannot be had, and which checkpoints it cannot go on from. */
import { inEnglish, type Said } from '../../util/message.ts';

export const engines = {
  memory_budget: ({ size }: { size: number }) => `memory_bytes: ${size} is no budget; give a number of bytes above 0.`,
  threads: ({ option, input, most }: { option: string; input: string | number; most: number }) =>
    `${option}: ${input} is no number of threads; give a whole number from 1 to ${most}.`,
  webgpu_asked: ({ why }: { why: Said }) => `engine: WebGPU is not available here (${inEnglish(why)}); choose cpu.`,
  webgpu_absent: 'this browser or runtime does not offer it',
  no_adapter: 'there is no graphics adapter for it',

  asked_for: 'asked for',
  no_webgpu: ({ why }: { why: Said }) => `WebGPU is not available (${inEnglish(why)})`,
  only_software: ({ adapter }: { adapter: string }) =>
    `the only WebGPU adapter here (${adapter}) is a CPU in disguise, so the CPU trains without it`,

  checkpoint_other: 'The checkpoint is of another population; begin anew.',
  checkpoint_plan: ({ theirs, ours }: { theirs: string; ours: string }) =>
    `The checkpoint is of plan ${theirs}, and this population has plan ${ours}; begin anew.`,
};
