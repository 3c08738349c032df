/**
 * Parts of the page that are loaded when they are first wanted: the best model, sweeps, the queue, the table of runs, the
 * founding report, the formats of a model. The other dialogs are in the page from the beginning, and are upgraded then.
 */
import { ContextProvider } from '@lit/context';
import type { LitElement } from 'lit';
import type { FitController } from '../fit/controller.ts';
import { type FitCommand, fitContext } from '../fit/view.ts';
import { text } from '../i18n/text.ts';
import type { PredictController } from '../predict/controller.ts';
import type { SweepController } from '../sweep/controller.ts';
import type { TrainerController } from '../trainer/controller.ts';
import type { Loader } from '../ui/loader.ts';
import { observed } from '../ui/observed.ts';

export class LateParts {
  /** There once the dialog of sweeps has been opened. */
  @observed() sweep: SweepController | undefined;
  /** There once the best model has been asked for. */
  @observed() fit: FitController | undefined;

  /** Whether the table of runs has been opened: before that the page does not follow their list. */
  @observed() comparing = false;

  readonly #host: LitElement;
  readonly #trainer: TrainerController;
  readonly #predict: PredictController;
  readonly #loader: Loader;
  readonly #fitProvider: ContextProvider<typeof fitContext>;

  constructor(host: LitElement, trainer: TrainerController, predict: PredictController, loader: Loader) {
    this.#host = host;
    this.#trainer = trainer;
    this.#predict = predict;
    this.#loader = loader;
    this.#fitProvider = new ContextProvider(host, { context: fitContext });
  }

  async openSweep(): Promise<void> {
    const part = await this.#loader.load(() => import('../sweep/elements.ts'));
    if (!part) return;
    part.defineSweepElements();
    this.sweep ??= new part.SweepController(this.#trainer);
    this.sweep.open();
    await this.#host.updateComplete;
    await this.#host.renderRoot.querySelector('lab-sweep')?.open();
  }

  /** @returns whether it is there */
  async openRunTable(): Promise<boolean> {
    const part = await this.#loader.load(() => import('../run-table/elements.ts'));
    if (!part) return false;
    part.defineRunTableElements();
    this.comparing = true;
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector('lab-run-table')?.show();
    return true;
  }

  /** Where the page is served with a queue. */
  async openWatch(): Promise<void> {
    const part = await this.#loader.load(() => import('../watch/elements.ts'));
    part?.defineWatchElements();
    if (part) await this.#host.renderRoot.querySelector('lab-watch')?.open();
  }

  /** What says that a run goes on from a model is there before the first that does. */
  followBase(): void {
    const { applied, controls, linked } = this.#trainer;
    if (!controls.form.from && !applied?.from && !linked?.from) return;
    void this.#loader.load(() => import('../predict/base-elements.ts')).then((part) => part?.defineBaseElements());
  }

  async openFounding(): Promise<void> {
    const part = await this.#loader.load(() => import('../founding/elements.ts'));
    part?.defineFoundingElements();
    if (part) await this.#host.renderRoot.querySelector('lab-founding')?.open();
  }

  /** @param name without its ending @param bytes of the model's own file */
  async offerModel(name: string, bytes: Uint8Array): Promise<void> {
    const part = await this.#loader.load(() => import('../export/elements.ts'));
    part?.defineExportElements();
    if (part) await this.#host.renderRoot.querySelector('lab-export')?.open(name, bytes);
  }

  /** @returns whether predictions are with the best model now */
  async dispatchFit(command: FitCommand): Promise<boolean> {
    const parts = await this.#loader.load(() =>
      Promise.all([import('../fit/elements.ts'), import('../views/model-elements.ts')]),
    );
    if (!parts) return false;
    const [part, views] = parts;
    part.defineFitElements();
    views.defineModelViews();
    this.fit ??= new part.FitController(this.#trainer);
    this.#fitProvider.setValue(this.fit);
    if (command.do !== 'predict') {
      this.fit.dispatch(command);
      return false;
    }
    const { target, table } = this.fit.view;
    await this.#predict.openBest(text.run.fit.name({ target, table }));
    return true;
  }
}
