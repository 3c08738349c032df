/** How the CPU engine trains and why so, and what became of its threads: loaded with that engine. */
import { inEnglish, type Said } from '../../../util/message.ts';

export const cpu = {
  thread_stopped: ({ cause }: { cause: string }) =>
    `A thread of the CPU engine stopped (${cause}); train again, or with one thread.`,

  plain_loops: ({ why, since }: { why: Said; since: Said }) =>
    `${inEnglish(why)}; plain loops, since ${inEnglish(since)}`,
  webassembly_missing: 'there is no WebAssembly here',
  simd_missing: 'WebAssembly has no SIMD here',
  webassembly_refused: ({ cause }: { cause: string }) => `WebAssembly is refused here: ${cause}`,
  webassembly_full: ({ bytes, cause }: { bytes: number; cause: string }) =>
    `WebAssembly would take ${(bytes / 1e9).toFixed(1)} GB (${cause}), so plain loops train it`,
  only_plan: 'the CPU has no other',
  same_bits: 'the same bits on every machine',
  quickest: 'the quickest that this machine has',
};
