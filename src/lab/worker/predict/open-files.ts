/**
 * A model from the files that somebody has chosen: its own one, or that of another program's network with its columns beside it.
 * Loaded when a file is first opened.
 */
import { columns as messages } from '../../../messages/en/models/columns.ts';
import { loadModel } from '../../../model/file/load-model.ts';
import type { Model } from '../../../model/model.ts';
import { parseJson } from '../../../spec/json.ts';
import { InputError, saidBy } from '../../../util/errors.ts';
import { type Message, message } from '../../../util/message.ts';

/** Bytes of the columns of a network. */
const longestColumns = 10_000_000;

/** @throws InputError that says what is wrong with a file, or which one is missing */
export async function openFiles(files: readonly File[]): Promise<{ name: string; model: Model }> {
  const columns = files.find(({ name }) => /\.json$/i.test(name));
  const file = files.find((other) => other !== columns);
  if (!file) throw new InputError(message(messages, 'columns_alone', { file: columns?.name ?? '' }));
  const { name } = file;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!columns) return { name, model: loadOwn(bytes, name) };
  const { checkColumns, loadSequential } = await import('../../../model/file/sequential.ts');
  const given = await readColumns(columns, checkColumns);
  return { name, model: loadSequential(bytes, given, name) };
}

function loadOwn(bytes: Uint8Array, name: string): Model {
  try {
    return loadModel(bytes, name);
  } catch (error) {
    const { why } = ((error as InputError).params ?? {}) as { why?: Partial<Message> };
    if (why?.code !== 'model_of_others') throw error;
    const columns = `${name.replace(/\.[^.]*$/, '')}.columns.json`;
    throw new InputError(message(messages, 'columns_missing', { file: name, columns }));
  }
}

async function readColumns<Columns>(file: File, check: (input: unknown) => Columns): Promise<Columns> {
  const { name, size } = file;
  if (size > longestColumns) throw new InputError(message(messages, 'columns_long', { file: name, size }));
  try {
    return check(parseJson(await file.text()));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new InputError(message(messages, 'columns_not_json', { file: name, detail: error.message }));
    }
    if (!(error instanceof InputError)) throw error;
    throw new InputError(message(messages, 'columns_unreadable', { file: name, why: saidBy(error) }));
  }
}
