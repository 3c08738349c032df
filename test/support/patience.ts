/** Milliseconds that a browser is waited for: it says what was awaited before vitest ends the test (vitest.config.ts). */
export const patience = 110_000;
