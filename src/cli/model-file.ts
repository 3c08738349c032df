/** MODEL on the command line: a file, or the folder that a command wrote it to. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cli } from '../messages/en/command-line/cli.ts';
import { loadModel } from '../model/file/load-model.ts';
import type { Model } from '../model/model.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { readBytes } from './files/read.ts';
import { inFile, readJson } from './json-file.ts';
import { finishResults } from './out-folder.ts';

/** What train and sweep call their model, and what a report calls its best one. */
const names = ['model.safetensors', 'best.safetensors'];

export const modelArgument =
  'A .safetensors file, an .onnx file that export wrote, or the folder that train, sweep or report wrote it to';

/** Whoever mixes up MODEL and FILE is not told of headers. */
const tableNames = /\.(csv|tsv|xlsx|parquet|arrow|feather)(\.gz)?$/i;

/** Bytes of the columns of a network. */
const longestColumns = 10_000_000;

/** @throws InputError where there is no model, or the file is none */
export async function openModel(path: string): Promise<{ model: Model; file: string }> {
  finishResults(isFolder(path) ? path : dirname(path));
  const file = fileOf(path);
  if (tableNames.test(file)) throw new InputError(message(cli, 'model_named_as_table', { file }));
  const bytes = await readBytes(file);
  const columns = `${file.replace(/\.safetensors$/, '')}.columns.json`;
  if (!existsSync(columns)) return { model: loadModel(bytes, file), file };
  // A network of another program, with what its file does not say beside it.
  const { checkColumns, loadSequential } = await import('../model/file/sequential.ts');
  const given = await readJson(columns, longestColumns);
  return {
    model: loadSequential(
      bytes,
      inFile(columns, () => checkColumns(given)),
      file,
    ),
    file,
  };
}

function fileOf(path: string): string {
  if (!isFolder(path)) return path;
  const file = names.map((name) => join(path, name)).find((known) => existsSync(known));
  if (file !== undefined) return file;
  throw new InputError(message(cli, 'folder_without_model', { folder: path, file: names[0] }));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
