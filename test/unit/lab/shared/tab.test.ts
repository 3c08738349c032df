/** What a tab knows of itself after a reload. */
import { afterEach, expect, it, vi } from 'vitest';
import { isOwnLink, rememberLink } from '../../../../src/lab/shared/tab.ts';

afterEach(() => vi.unstubAllGlobals());

it('an address that was just replaced is still its own: a reload may have begun with it', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  });
  expect(isOwnLink('#data=curve')).toBe(false);
  rememberLink('#data=curve');
  rememberLink('#data=curve&epochs=2000');
  rememberLink('#data=curve&epochs=2000');
  expect(isOwnLink('#data=curve&epochs=2000')).toBe(true);
  expect(isOwnLink('#data=curve')).toBe(true);
  expect(isOwnLink('#data=moons')).toBe(false);
  rememberLink('#data=xor');
  expect(isOwnLink('#data=curve')).toBe(false);
});
