/** The part of the worker that sweeps. */
import type { DataSet } from '../../../data/prepare/dataset.ts';
import { saveModel } from '../../../model/model.ts';
import type { ModelData } from '../../../model/model-data.ts';
import { checkData } from '../../../spec/check.ts';
import type { DataSettingsInput } from '../../../spec/data-settings.ts';
import type { Reply } from '../../protocol/messages.ts';
import type { SweepFile, SweepNews, SweepPlan, SweepRequest, SweepService } from '../../protocol/sweep.ts';
import { type JobHost, JobService } from '../job-service.ts';
import type { SweepJob } from './job.ts';

export interface SweepHost extends JobHost {
  /** @throws InputError */
  prepare(settings: DataSettingsInput): DataSet;
}

export class Sweeps extends JobService<SweepJob, SweepHost> implements SweepService {
  plan({ sweep, data }: SweepRequest): Promise<Reply<SweepPlan>> {
    return this.host.serially(async () => {
      const { defineSweep } = await sweeping();
      return defineSweep(sweep, this.host.prepare(data)).plan;
    });
  }

  start(
    { sweep, data, engine: choice }: SweepRequest,
    command: string,
    listener: (news: SweepNews) => Promise<void> | void,
  ): Promise<Reply<SweepPlan>> {
    return this.host.serially(async () => {
      const { defineSweep, SweepJob, prepareFolds } = await sweeping();
      const set = this.host.prepare(data);
      const definition = defineSweep(sweep, set);
      const table = this.host.table();
      const count = definition.sweep.folds;
      const folds = count > 1 ? prepareFolds(table, data, count) : [set];
      // Whatever is refused, is refused by now: the one before goes on then.
      await this.launch(
        choice,
        (engine) => new SweepJob({ definition, table, folds, data: checkData(data), engine, command }, listener),
      );
      return definition.plan;
    });
  }

  async file(name: SweepFile): Promise<Blob> {
    return this.job.file(name);
  }

  async model(cell: number): Promise<Uint8Array> {
    return saveModel(this.contents(cell));
  }

  /** The best model of a combination. */
  contents(cell: number): ModelData {
    return this.job.model(cell);
  }
}

/** Loaded when somebody sweeps. */
function sweeping(): Promise<typeof import('./job.ts')> {
  return import('./job.ts');
}
