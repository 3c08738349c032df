import type { Translation } from '../../util/message.ts';
import { digits, type engine as english } from '../en/engine.ts';

export const engine: Translation<typeof english> = {
  self_test_failed: ({ adapter, why }, say) =>
    `WebGPU 어댑터 ${adapter}이(가) 자가 검사를 통과하지 못했습니다(${say(why).replace(/\.$/, '')}). cpu를 고르세요.`,
  self_test_number: ({ name, found, expected }) => `${name}: ${digits(expected)}이어야 하는데 ${digits(found)}입니다`,
};
