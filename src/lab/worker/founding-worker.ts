/**
 * A worker of its own for the founding report: it trains hundreds of networks for minutes, and the run that
 * is watched goes on beside it.
 */
import { expose } from 'comlink';
import { generate } from '../../data/prepare/generate.ts';
import { requestEngine } from '../../engine/request.ts';
import { foundingReport } from '../../founding/founding.ts';
import { foundingHtml } from '../../founding/page/page.ts';
import type { Progress } from '../../founding/population.ts';
import { saveModel } from '../../model/model.ts';
import type { FoundingAnswer, FoundingSize, FoundingWorker } from '../protocol/founding.ts';
import { carryErrors } from '../shared/thrown.ts';
import { trustOwnScripts } from '../shared/trusted-types.ts';
import { calibrationStore } from './calibration-store.ts';

/** Short enough that a stop gets through, and the page's own GPU work between. */
const sliceMilliseconds = 40;

class Founding implements FoundingWorker {
  readonly #ending = new AbortController();

  async report(size: FoundingSize, progress: (progress: Progress) => void): Promise<FoundingAnswer> {
    const engine = await requestEngine({ kind: 'auto', slice_ms: sliceMilliseconds, calibration: calibrationStore() });
    try {
      const { report, best } = await foundingReport(engine, generate('curve'), {
        ...size,
        signal: this.#ending.signal,
        progress,
        runtime: 'the page, in a browser',
        repeat: repeated(size),
      });
      const { kind, plan } = report.engine;
      return {
        findings: report.findings.map(({ id, claim, verdict, numbers }) => ({ id, claim, verdict, numbers })),
        cells: report.cells.map(({ activation, optimizer, batch_size, validation_rmse, diverged, epochs_run }) => ({
          activation,
          optimizer,
          batch_size,
          validation_rmse,
          diverged,
          epochs: epochs_run.mean,
        })),
        baseline: report.data.baseline_rmse,
        html: foundingHtml(report, new Date(), best && saveModel(best)),
        interrupted: report.interrupted,
        seconds: report.seconds,
        engine: `${kind}, ${plan}`,
      };
    } finally {
      engine.destroy();
    }
  }

  stop(): void {
    this.#ending.abort();
  }
}

/** The same on the command line. */
function repeated({ hidden, seeds, epochs }: FoundingSize): string {
  return `perceptron-lab report --hidden ${hidden.join(',')} --seeds ${seeds} --epochs ${epochs}`;
}

trustOwnScripts();
carryErrors();
expose(new Founding());
