/** What the page and the worker that writes models in other formats say to each other. Plain data only. */
import type { ExportedFile } from '../../export/description.ts';
import type { ExportFormat } from '../../export/formats.ts';

export interface ExportWorker {
  /** @param bytes of the model's own file @throws InputError where the format cannot hold it */
  files(bytes: Uint8Array, format: ExportFormat): Promise<ExportedFile[]>;
}
