/** What becomes of a run whose worker has died: it goes on in another, from where it was kept last. */
import { page } from '../../messages/en/page.ts';
import type { Said } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { TrainerController } from './controller.ts';
import { recall } from './opening/stored-run.ts';
import type { LabState } from './shown-run.ts';

/** So often at one and the same epoch: then it is the work that kills the worker. */
const mostOften = 3;

export class WorkerLoss {
  #epoch = -1;
  #times = 0;

  /**
   * Where nothing of the run is kept, it has failed, and a person begins it anew.
   * @param state that the run had: it may not have been written down yet
   */
  async goOn(trainer: TrainerController, reason: Said, state: LabState): Promise<void> {
    const { run, worker } = trainer;
    const { tab } = worker;
    if (!run || tab === undefined) return;
    worker.connect();
    const reply = await trainer.ask((lab) => lab.recall(tab));
    const recalled = reply?.ok ? reply.value : null;
    // A person may have been quicker.
    if (recalled?.entry.id !== run.key || trainer.state !== 'failed' || trainer.failure !== reason) return;
    const epoch = recalled.run ? recalled.entry.epochs : 0;
    this.#times = epoch === this.#epoch ? this.#times + 1 : 1;
    this.#epoch = epoch;
    if (this.#times > mostOften) {
      trainer.recovered = undefined;
      trainer.fail(message(page, 'worker_stopped_often'));
      return;
    }
    await recall(trainer, { ...recalled, playing: state === 'running' || (state !== 'paused' && recalled.playing) });
    // That it has another engine is more than that it has another worker.
    if (recalled.run) trainer.recovered ??= { epoch, reason, of: 'worker' };
    else trainer.anew ??= message(page, 'worker_stopped_early');
  }
}
