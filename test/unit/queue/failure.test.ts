import { describe, expect, it } from 'vitest';
import { queue } from '../../../src/messages/en/command-line/queue.ts';
import { ko } from '../../../src/messages/ko/command-line.ts';
import { decodeFailure, encodeFailure } from '../../../src/queue/failure.ts';
import { type Message, message, translator } from '../../../src/util/message.ts';

const korean = translator(ko);

describe('why a job has failed', () => {
  it('is read in every language', () => {
    const said = message(queue, 'trainer_ended', { how: 'SIGKILL' });
    const read = decodeFailure(encodeFailure(said));
    expect(read).toEqual(said);
    expect(korean(read)).toBe('학습하던 프로세스가 스스로 끝났습니다(SIGKILL).');
  });

  it('is a sentence where it has no code', () => {
    for (const text of ['job stalled more than allowable limit', '', '{"code":1}', '[]', '{"code":"a","text":"b"}']) {
      expect(decodeFailure(encodeFailure(text))).toBe(text);
    }
    expect(decodeFailure(undefined)).toBe('');
  });

  it('stays English where it lacks what the translation mentions', () => {
    for (const code of ['worker_job', 'queue_action']) {
      const foreign: Message = { code, params: {}, text: 'As it was said.' };
      expect(korean(decodeFailure(encodeFailure(foreign)))).toBe(foreign.text);
    }
  });
});
