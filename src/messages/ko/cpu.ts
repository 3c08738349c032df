import type { Translation } from '../../util/message.ts';
import type { cpu as english } from '../en/cpu.ts';

export const cpu: Translation<typeof english> = {
  thread_stopped: ({ cause }) =>
    `CPU 엔진의 스레드가 멈추었습니다(${cause}). 다시 학습하거나 스레드 하나로 학습하세요.`,
};
