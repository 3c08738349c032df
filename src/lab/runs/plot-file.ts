/** A plot as a file, by a name that says of what it is. */
import { download } from '../ui/download.ts';
import type { EventOf } from '../ui/emit.ts';

/** What every file system takes. */
export function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[-.]+|-+$/g, '') || 'run';
}

/** The name says of what table, plot and run it is. @param run the name of the open run, if it has one */
export function savePlot({ detail }: EventOf<'plot-save'>, table: string | undefined, run: string | undefined): void {
  const { plot, extension, content, apart } = detail;
  const parts = [table?.replace(/\.\w+$/, ''), plot, apart ? undefined : run].filter(Boolean);
  download(`${fileName(parts.join('-'))}.${extension}`, content);
}
