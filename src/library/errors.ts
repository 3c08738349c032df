/** The errors that a program can tell apart, with the codes and parameters that TypeScript knows. */

import type { cpu } from '../messages/en/engines/cpu.ts';
import type { engines } from '../messages/en/engines/engines.ts';
import type { gpu } from '../messages/en/engines/gpu.ts';
import type { library } from '../messages/en/library.ts';
import type { models } from '../messages/en/models/models.ts';
import type { onnx } from '../messages/en/models/onnx.ts';
import type { sequential } from '../messages/en/models/sequential.ts';
import type { binaryFiles } from '../messages/en/tables/binary-files.ts';
import type { preparing } from '../messages/en/tables/preparing.ts';
import type { reading } from '../messages/en/tables/reading.ts';
import type { tables } from '../messages/en/tables/tables.ts';
import type { changes } from '../messages/en/training/changes.ts';
import type { fits } from '../messages/en/training/fits.ts';
import type { settings } from '../messages/en/training/settings.ts';
import type { sweeps } from '../messages/en/training/sweeps.ts';
import type { trained, training } from '../messages/en/training/training.ts';
import type { verdicts } from '../messages/en/training/verdicts.ts';
import { InputError as InputFailure, RunError as RunFailure } from '../util/errors.ts';

/** All messages by their codes: texts, or functions of what they mention. */
type Catalogue = typeof binaryFiles &
  typeof changes &
  typeof cpu &
  typeof engines &
  typeof fits &
  typeof gpu &
  typeof library &
  typeof models &
  typeof onnx &
  typeof preparing &
  typeof reading &
  typeof sequential &
  typeof settings &
  typeof sweeps &
  typeof tables &
  typeof trained &
  typeof training &
  typeof verdicts;

/** The code of a message of the library: of an error, a notice, or an outcome. `src/messages/en` has the sentences. */
export type MessageCode = keyof Catalogue;

/** What a message mentions. */
export type MessageParams<Code extends MessageCode> = Catalogue[Code] extends (params: infer Params) => string
  ? Params
  : Record<never, never>;

type Coded = {
  [Code in MessageCode]: {
    /** Which error it is. */
    readonly code: Code;
    /** What its message mentions, by the code. */
    readonly params: MessageParams<Code>;
  };
}[MessageCode];

interface Failure extends Error {
  /** The setting (dotted path) or column that it is about, where there is one. */
  readonly where: string | undefined;
}

interface FailureClass<Name extends string> {
  readonly prototype: Failure & Coded & { readonly name: Name };
  new (said: string, where?: string): Failure & Coded & { readonly name: Name };
}

/** Bad usage or bad input: a setting, a file, a row, a column, a cell. Comparing its `code` tells what `params` has. */
export const InputError = InputFailure as unknown as FailureClass<'InputError'>;
export type InputError = Failure & Coded & { readonly name: 'InputError' };

/** The run itself failed: the device was lost for good, memory ran out. */
export const RunError = RunFailure as unknown as FailureClass<'RunError'>;
export type RunError = Failure & Coded & { readonly name: 'RunError' };
