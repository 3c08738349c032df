/** Why an engine is taken or cannot be had, and which checkpoints it cannot go on from. */

import { inEnglish, type Said } from '../../../util/message.ts';
import { rounded, count as whole } from '../../../util/thousands.ts';
import { list } from '../../../util/words.ts';

/** What would fit with all else as it is; 0 where nothing of it does. */
export interface Smaller {
  trials_fitting: number;
  units: number;
  batch_size: number;
}

interface MemoryBeyond extends Smaller {
  trials: number;
  bytes: number;
  limit: number;
  others: number;
}

/** 11.2 GB, or 320 MB. */
export const gigabytes = (bytes: number) => {
  const [unit, name] = bytes < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  return `${rounded(bytes / unit, 3)} ${name}`;
};

function smallerUses({ trials_fitting, units, batch_size }: Smaller): string {
  const uses = [
    trials_fitting > 0 && `${whole(trials_fitting)} ${trials_fitting === 1 ? 'trial' : 'trials or fewer'}`,
    units > 0 && `hidden layers of ${whole(units)} ${units === 1 ? 'unit' : 'units or fewer'}`,
    batch_size > 0 && `a batch_size of ${whole(batch_size)}${batch_size === 1 ? '' : ' or less'}`,
  ].filter((use) => use !== false);
  return list(uses) || 'fewer rows, columns or categories, or fewer hidden layers';
}

export const engines = {
  memory_budget: ({ name, size }: { name: string; size: number }) =>
    `${name}: ${size} is no budget; give a number of bytes above 0.`,
  memory_beyond: ({ trials, bytes, limit, others, ...smaller }: MemoryBeyond) =>
    `Training${trials > 1 ? ` ${trials} trials together` : ''} needs ${gigabytes(bytes)} of memory, more than the ` +
    `${gigabytes(limit)} that there are${others > 0 ? `, of which others need ${gigabytes(others)}` : ''}; ` +
    `use ${smallerUses(smaller)}.`,
  threads: ({ option, input, most }: { option: string; input: string | number; most: number }) =>
    `${option}: ${input} is no number of threads; give a whole number from 1 to ${most}.`,
  webgpu_asked: ({ why }: { why: Said }) => `engine: WebGPU is not available here (${inEnglish(why)}); choose cpu.`,
  webgpu_absent: 'this browser or runtime does not offer it',
  no_adapter: 'there is no graphics adapter for it',

  plan_not_here: ({ code, engine }: { code: string; engine: string }) =>
    `plan: \`${code}\` cannot be had on this engine (${engine}); leave plan out, or use the engine and machine that it is of.`,

  asked_for: 'asked for',
  no_webgpu: ({ why }: { why: Said }) => `WebGPU is not available (${inEnglish(why)})`,
  only_software: ({ adapter }: { adapter: string }) =>
    `the only WebGPU adapter here (${adapter}) is a CPU in disguise, so the CPU trains without it`,

  checkpoint_other: 'The checkpoint is of another population; begin anew.',
  checkpoint_plan: ({ theirs, ours }: { theirs: string; ours: string }) =>
    `The checkpoint is of plan ${theirs}, and this population has plan ${ours}; begin anew.`,
};
