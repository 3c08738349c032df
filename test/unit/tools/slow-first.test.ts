import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { slowest } from '../../slow-first.ts';

it.each(slowest)('%s, which starts first, is there', (name) => {
  expect(existsSync(join(import.meta.dirname, '..', '..', `${name}.test.ts`))).toBe(true);
});
