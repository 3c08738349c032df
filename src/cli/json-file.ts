/** Files of settings: what was read from them, and what is wrong in them. */
import { cli } from '../messages/en/command-line/cli.ts';
import { parseJson } from '../spec/json.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { readBytes } from './files/read.ts';

/** @param limit bytes that such a file has at most @throws InputError */
export async function readJson(file: string, limit: number): Promise<unknown> {
  const bytes = await readBytes(file);
  if (bytes.length > limit) throw new InputError(message(cli, 'file_too_large', { file, size: bytes.length, limit }));
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return inFile(file, () => parseJson(text));
  } catch (error) {
    // Bytes that are no UTF-8, and text that is no JSON.
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    throw new InputError(message(cli, 'file_not_json', { file, detail: error.message }));
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
