/**
 * TypeScript as a library, to read sources with. The project itself is compiled by TypeScript 7, which has no stable one yet, and
 * TypeDoc needs it too: so 5.9 is taken, the other version that the package's types are promised for (`overrides` in package.json).
 */
import { createRequire } from 'node:module';
import type Ts from '../../../node_modules/@arethetypeswrong/core/node_modules/typescript/lib/typescript.js';

export type { Ts };

export const ts: typeof Ts = createRequire(import.meta.url)(
  '../../../node_modules/@arethetypeswrong/core/node_modules/typescript',
);
