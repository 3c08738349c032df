/** The files of a run that is over. */
import { join } from 'node:path';
import { type Draft, draft, flushFolder, inChunks, type Parts } from '../../machine/whole-file.ts';
import { RunError } from '../../util/errors.ts';
import { destination, unwritten } from './write.ts';

/**
 * The files by their names in the folder, and then the report, which is made of what is safe by then. Results are printed
 * even if they cannot be written, so a failure is handed back and not thrown.
 */
export async function writeResults(
  folder: string,
  results: Record<string, Parts>,
  report?: () => Promise<string>,
): Promise<{ files: string[]; unwritten?: RunError }> {
  const files: string[] = [];
  const add = (named: typeof results) => {
    writeTogether(folder, named);
    files.push(...Object.keys(named).map((name) => join(folder, name)));
  };
  try {
    add(results);
    if (report) add({ 'report.html': [await report()] });
    return { files };
  } catch (error) {
    if (error instanceof RunError) return { files, unwritten: error };
    throw error;
  }
}

/** All are complete on disk before the first takes its name. @throws RunError */
function writeTogether(folder: string, files: Record<string, Parts>): void {
  const written: { file: Draft; path: string }[] = [];
  let path = folder;
  try {
    for (const [name, parts] of Object.entries(files)) {
      path = join(folder, name);
      const file = draft(destination(path));
      written.push({ file, path });
      for (const chunk of inChunks(parts)) file.write(chunk);
      file.flush();
    }
    for (const done of written) {
      path = done.path;
      done.file.place();
    }
    flushFolder(folder);
  } catch (error) {
    for (const { file } of written) file.discard();
    throw unwritten(path, error);
  }
}
