/** What the page hands to a person as files: of the run that is open, its model, records, report and plots. */
import { savePlot } from '../runs/plot-file.ts';
import type { TrainerController } from '../trainer/controller.ts';
import { download, offerModel } from '../ui/download.ts';
import type { EventOf } from '../ui/emit.ts';
import type { Loader } from '../ui/loader.ts';

export async function saveModel(trainer: TrainerController): Promise<void> {
  const bytes = await trainer.model();
  if (bytes) download('model.safetensors', new Blob([bytes as Uint8Array<ArrayBuffer>]));
}

/** In the format that a person chooses. */
export async function exportModel(trainer: TrainerController): Promise<void> {
  const bytes = await trainer.model();
  if (bytes) offerModel('model', bytes);
}

export async function saveHistory({ history, run }: TrainerController, loader: Loader): Promise<void> {
  const part = await loader.load(() => import('../runs/run-file.ts'));
  part?.saveHistory('history', history.records, run?.data.task ?? 'regression');
}

/** @param address that repeats the run */
export async function saveReport(trainer: TrainerController, address: string): Promise<void> {
  const page = await trainer.fetch((lab) => lab.reportPage(address));
  if (page) download('report.html', new Blob([page], { type: 'text/html' }));
}

/** @param names of the runs that are kept */
export function savePlotOf(
  event: EventOf<'plot-save'>,
  { run, data }: TrainerController,
  names: ReadonlyMap<string, string>,
): void {
  savePlot(event, (run?.data ?? data)?.name, run && names.get(run.key));
}
