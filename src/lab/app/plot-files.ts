/** Hands out files of plots, whose names say of what table, plot and run they are. */

import { fileName } from '../runs/run-file.ts';
import { download } from '../ui/download.ts';
import type { EventOf } from '../ui/emit.ts';

/** @param run the name of the open run, if it has one */
export function savePlot({ detail }: EventOf<'plot-save'>, table: string | undefined, run: string | undefined): void {
  const { plot, extension, content, apart } = detail;
  const parts = [table?.replace(/\.\w+$/, ''), plot, apart ? undefined : run].filter(Boolean);
  download(`${fileName(parts.join('-'))}.${extension}`, content);
}
