/** Files of settings: what was read from them, and what is wrong in them. */
import { cli } from '../messages/en/cli.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { readBytes } from './files/read.ts';

/** @throws InputError */
export async function readJson(file: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(file));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(message(cli, 'file_not_json', { file, detail: (error as Error).message }));
  }
}

/** What is refused is said with the file that it stands in. */
export function inFile<Result>(file: string, work: () => Result): Result {
  const say = (error: unknown) =>
    // What is wrong with the folder to go on from stands in no sweep file.
    error instanceof InputError && error.where !== 'resume'
      ? new InputError(message(cli, 'within_file', { file, why: saidBy(error) }), error.where)
      : error;
  try {
    const result = work();
    if (!(result instanceof Promise)) return result;
    return result.catch((error) => {
      throw say(error);
    }) as Result;
  } catch (error) {
    throw say(error);
  }
}
