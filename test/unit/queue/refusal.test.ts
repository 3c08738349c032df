/** A server that takes no writes is waited for, however it says so. */
import { expect, it } from 'vitest';
import { refusalOf } from '../../../src/queue/connection.ts';

it.each([
  ["OOM command not allowed when used memory > 'maxmemory'.", 'memory'],
  ["OOM command not allowed when used memory > 'maxmemory'. script: 0123, on @user_script:5.", 'memory'],
  ['ERR Error running script (call to f_0123): @user_script:5: -OOM command not allowed when used memory', 'memory'],
  ['MISCONF Redis is configured to save RDB snapshots', 'disk'],
  ['ERR Error running script (call to f_0123): @user_script:5: -MISCONF Redis is configured', 'disk'],
  ['ERR unknown command', undefined],
  ['ERR Error running script (call to f_0123): @user_script:5: attempt to call nil', undefined],
])('%s', (text, refusal) => {
  expect(refusalOf(new Error(text))).toBe(refusal);
  const error = Object.assign(new Error('EXECABORT'), { previousErrors: [new Error(text)] });
  expect(refusalOf(error)).toBe(refusal);
});
