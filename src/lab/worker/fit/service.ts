/** The part of the worker that fits. */
import type { Model } from '../../../model/model.ts';
import type { FitFile, FitNews, FitRequest, FitService } from '../../protocol/fit.ts';
import type { Reply } from '../../protocol/messages.ts';
import { JobService } from '../job-service.ts';
import type { FitJob } from './job.ts';

export class Fits extends JobService<FitJob> implements FitService {
  start(request: FitRequest, listener: (news: FitNews) => Promise<void> | void): Promise<Reply<null>> {
    return this.host.serially(async () => {
      // Loaded when somebody fits.
      const { FitJob } = await import('./job.ts');
      const table = this.host.table();
      await this.launch(request.engine, (engine) => new FitJob(engine, table, request, listener));
      return null;
    });
  }

  async file(name: FitFile): Promise<Blob> {
    return this.job.file(name);
  }

  model(): Model {
    return this.job.model;
  }
}
