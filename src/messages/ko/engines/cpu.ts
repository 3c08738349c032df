import type { Translation } from '../../../util/message.ts';
import type { cpu as english } from '../../en/engines/cpu.ts';

export const cpu: Translation<typeof english> = {
  thread_stopped: ({ cause }) =>
    `CPU 엔진의 스레드가 멈추었습니다(${cause}). 다시 학습하거나 스레드 하나로 학습하세요.`,

  plain_loops: ({ why, since }, say) => `${say(why)}. ${say(since)}, 순수한 반복문으로 학습합니다`,
  webassembly_missing: '여기에는 WebAssembly가 없어서',
  simd_missing: '여기의 WebAssembly에는 SIMD가 없어서',
  webassembly_refused: ({ cause }) => `여기서는 WebAssembly가 거부되어서(${cause})`,
  webassembly_full: ({ bytes, cause }) =>
    `WebAssembly에 ${(bytes / 1e9).toFixed(1)} GB가 필요해서(${cause}) 순수한 반복문으로 학습합니다`,
  only_plan: 'CPU에는 다른 계획이 없습니다',
  same_bits: '어느 컴퓨터에서나 같은 비트를 냅니다',
  quickest: '이 컴퓨터에서 가장 빠릅니다',
};
