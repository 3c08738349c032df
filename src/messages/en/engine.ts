/** Why an engine cannot be had. */
import { inEnglish, type Said } from '../../util/message.ts';

/** Integers of 32 bits in full, and no more of a float32 than it has. */
export const digits = (value: number) => String(Number(value.toPrecision(Number.isInteger(value) ? 10 : 7)));

export const engine = {
  self_test_failed: ({ adapter, why }: { adapter: string; why: Said }) =>
    `engine: the WebGPU adapter ${adapter} fails a self-test (${inEnglish(why).replace(/\.$/, '')}); choose cpu.`,
  self_test_number: ({ name, found, expected }: { name: string; found: number; expected: number }) =>
    `${name} is ${digits(found)}, and should be ${digits(expected)}`,
};
