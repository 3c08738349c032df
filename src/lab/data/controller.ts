/**
 * Brings tables to the trainer: samples, files that are picked or dropped, pasted text. Owns what the page knows of that
 * beyond the run: how far a reading is, which dialog is open, what was taken for granted.
 */
import { createContext } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { GenerateSettings } from '../../data/prepare/generate.ts';
import { checkData, checkTrial } from '../../spec/check.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import { withDefaultsFor } from '../../spec/defaults.ts';
import type { ReadingInput } from '../../spec/reading-settings.ts';
import type { TrialInput } from '../../spec/settings.ts';
import type { ReadingProgress, SampleSource, Source, TableView, Thumbnail } from '../protocol/messages.ts';
import type { TablePreview } from '../protocol/preview.ts';
import { type Form, type FormPath, formOf, withoutTarget } from '../shared/form.ts';
import { type SampleInfo, sampleOf, suitsSample } from '../shared/samples.ts';
import { withReading } from '../shared/table-source.ts';
import type { TrainerController } from '../trainer/controller.ts';
import { looksLikeTable, pastedName } from '../ui/clipboard.ts';
import { LatestOnly } from '../ui/latest-only.ts';
import { computed, effect, observed, unfollowed } from '../ui/observed.ts';
import { beginsRun } from './begins-run.ts';
import { openedForm, openingData } from './initial-settings.ts';
import { ThumbnailController } from './thumbnail-controller.ts';

export const tablesContext = createContext<DataController>('tables');

export type DataDialog = 'samples' | 'paste' | 'preview' | 'reading';

/** A sample with the settings it was made with. */
export type MadeSample = SampleInfo & { made?: GenerateSettings };

export interface ReadingState extends ReadingProgress {
  name: string;
}

/** A slider moves faster than tables are made and runs are started. */
const settleMilliseconds = 150;
/** A table of so few cells is looked at unasked, since that takes no time worth mentioning. */
const mostCells = 200_000;
/** A table that is there sooner needs no word about its reading, which would only flash. */
const unsaidMilliseconds = 300;
export class DataController implements ReactiveController {
  /** The table that is being read. */
  @observed() reading: ReadingState | undefined;
  @observed() dialog: DataDialog | undefined;
  /** Whether a file is being held over the page. */
  @observed() dropping = false;
  /** Settings that the person had changed and that the table was opened with. */
  @observed() kept: FormPath[] = [];
  /** The settings of the formula as its sliders stand, which the table follows. */
  @observed() generating: Partial<GenerateSettings> | undefined;

  /** The table as the settings take it, while it is looked at. */
  @observed() preview: TablePreview | undefined;

  readonly #trainer: TrainerController;
  readonly #takes: (file: File) => Promise<boolean>;
  /** What the controls said of the open table before anybody changed them. */
  #base: Form;
  /** The table that it is about. */
  #known: Source | undefined;
  /** What the preview was made of. */
  #shown: { data: TableView | undefined; settings: Form['data'] } | undefined;
  /** The table that was last asked for, whether or not it could be opened. */
  @observed() private asked: Source | undefined;
  readonly #looks = new LatestOnly();
  readonly #pictures: ThumbnailController;
  #opens = 0;
  #end: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param takes whether a file is no table, and somebody else has opened it */
  constructor(
    host: ReactiveControllerHost,
    trainer: TrainerController,
    takes: (file: File) => Promise<boolean> = async () => false,
  ) {
    this.#trainer = trainer;
    this.#takes = takes;
    this.#base = trainer.controls.form;
    this.#pictures = new ThumbnailController(host, trainer);
    host.addController(this);
  }

  hostConnected(): void {
    for (const name of dropEvents) document.addEventListener(name, this.#drag);
    document.addEventListener('paste', this.#paste);
    this.#end = [effect(() => this.#rebase()), effect(() => this.#follow())];
  }

  hostDisconnected(): void {
    for (const name of dropEvents) document.removeEventListener(name, this.#drag);
    document.removeEventListener('paste', this.#paste);
    for (const end of this.#end) end();
    clearTimeout(this.#timer);
  }

  /** What is shown of the table follows the settings: always where it is small, else while it is looked at. */
  #follow(): void {
    const { data, controls } = this.#trainer;
    const { form } = controls;
    const small = !!data && data.rows * data.columns.length <= mostCells;
    if (!data || !(small || this.dialog === 'preview')) {
      this.#shown = undefined;
      this.preview = undefined;
      return;
    }
    if (this.#shown?.data === data && this.#shown.settings === form.data) return;
    // The first run comes first.
    if (!this.#shown && this.dialog !== 'preview' && beginsRun(this.#trainer)) return;
    if (this.#shown?.data?.name !== data.name) this.preview = undefined;
    this.#shown = { data, settings: form.data };
    unfollowed(() => this.#looks.ask(() => this.#look()));
  }

  /** A table may be opened elsewhere too, as a run that is taken up again: then what suits it is what changes count from. */
  #rebase(): void {
    const { source, data, controls } = this.#trainer;
    if (!source || !data || source === this.#known) return;
    const before = this.#known;
    this.#known = source;
    if (before && 'sample' in before && 'sample' in source && before.sample === source.sample) return;
    this.#base = openedForm(suitsOf(source, data), data, controls.form, controls.form).base;
    this.kept = [];
  }

  get thumbnails(): readonly Thumbnail[] {
    return this.#pictures.thumbnails;
  }

  /** The sample that is open, with the settings it was made with. */
  get sample(): MadeSample | undefined {
    return this.#sample();
  }

  readonly #sample = computed((): MadeSample | undefined => {
    const { source } = this.#trainer;
    if (!source || !('sample' in source)) return undefined;
    const info = sampleOf(source.sample);
    return info.generate ? { ...info, made: { ...info.generate, ...source.generate, ...this.generating } } : info;
  });

  /** Whether it is open now. */
  async openSample(name: string): Promise<boolean> {
    this.show(undefined);
    const source = { sample: name };
    await this.#open(source, sampleOf(name).file);
    return this.#trainer.source === source;
  }

  /** Opens a table with just these settings, whatever had been changed; what is changed from then on counts from them. */
  async openWith(
    source: Source,
    { trial, data }: { trial: TrialInput; data: Partial<DataSettingsInput> },
  ): Promise<void> {
    clearTimeout(this.#timer);
    this.#opens += 1;
    this.reading = undefined;
    this.asked = source;
    const trainer = this.#trainer;
    const target = 'sample' in source ? { target: sampleOf(source.sample).target } : {};
    await trainer.open(source, true, {
      data: { ...target, ...data },
      form: ({ settings }) => {
        this.#base = formOf({ trial: checkTrial(trial), data: settings, engine: trainer.controls.form.engine });
        this.#known = trainer.source;
        this.kept = [];
        this.generating = undefined;
        return this.#base;
      },
    });
  }

  /** The file or text that can be read in another way: the one that was refused, or else the one that is open. */
  get readable(): Source | undefined {
    const source = this.#trainer.fileProblem ? this.asked : this.#trainer.source;
    return source && 'sample' in source ? undefined : source;
  }

  readAgain(reading: ReadingInput): void {
    const source = this.readable;
    this.show(undefined);
    if (source && !('sample' in source)) void this.#open(withReading(source, reading), source.name);
  }

  openText(text: string): void {
    this.show(undefined);
    const name = pastedName();
    void this.#open({ name, text }, name);
  }

  async openFile(file: File): Promise<void> {
    this.show(undefined);
    if (!(await this.#takes(file))) await this.#open(file, file.name);
  }

  /** Makes the sample anew, once its sliders rest, and trains on it with the settings as they are. */
  regenerate(changes: Partial<GenerateSettings>): void {
    const { source } = this.#trainer;
    if (!source || !('sample' in source)) return;
    this.generating = { ...this.generating, ...changes };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#generate(source), settleMilliseconds);
  }

  cancel(): void {
    void this.#trainer.guard((lab) => lab.cancelOpen());
  }

  /** Trains with what was changed; whoever did so while looking at the table wants to see what comes of it. */
  apply(): void {
    this.show(undefined);
    void this.#trainer.apply();
  }

  show(dialog: DataDialog | undefined): void {
    this.dialog = dialog;
    if (dialog === 'samples') void this.#pictures.ask();
  }

  async #look(): Promise<void> {
    const shown = this.#shown;
    if (!shown) return;
    const { target = this.#trainer.data?.target ?? '' } = this.#trainer.controls.form.data;
    const settings = { ...this.#trainer.controls.form.data, target };
    const reply = await this.#trainer.ask((lab) => lab.preview(settings));
    if (!reply || shown !== this.#shown) return;
    if (reply.ok) this.preview = reply.value;
    else if (this.preview) this.preview = { ...this.preview, problem: reply.problem.message };
  }

  async #open(source: Source, name: string): Promise<void> {
    clearTimeout(this.#timer);
    this.asked = source;
    const turn = ++this.#opens;
    const begun = performance.now();
    // Progress goes another way than the table, and may come after it.
    let over = false;
    const tell = (progress: ReadingProgress) => {
      if (turn !== this.#opens || over || performance.now() - begun < unsaidMilliseconds) return;
      this.reading = { name, ...progress };
    };
    const waiting = setTimeout(() => this.reading ?? tell({ bytes: 0, total: 0, rows: 0 }), unsaidMilliseconds);
    const trainer = this.#trainer;
    await trainer.open(source, true, {
      data: openingData(suitsOf(source).data ?? {}, trainer.controls.form, this.#base),
      form: (view) => {
        const { from } = trainer.controls.form;
        const opened = openedForm(suitsOf(source, view), view, trainer.controls.form, this.#base);
        this.#known = source;
        this.#base = opened.base;
        this.kept = opened.kept;
        this.generating = undefined;
        return { ...opened.form, from };
      },
      tell,
    });
    over = true;
    clearTimeout(waiting);
    if (turn !== this.#opens) return;
    this.reading = undefined;
  }

  async #generate(source: SampleSource): Promise<void> {
    const generate = { ...source.generate, ...this.generating };
    const { data } = this.#trainer.controls.form;
    await this.#trainer.open({ sample: source.sample, generate }, true, { data });
    const now = this.#trainer.source;
    // What the sliders say by now may be more than what was made.
    if (now && 'sample' in now && now.generate && same(generate, { ...now.generate, ...this.generating })) {
      this.generating = undefined;
    }
  }

  readonly #drag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Somebody nearer to the pointer has taken it.
    const taken = event.defaultPrevented;
    event.preventDefault();
    if (taken) {
      this.dropping = false;
      return;
    }
    this.dropping = event.type === 'dragover' || (event.type === 'dragleave' && event.relatedTarget !== null);
    const file = event.type === 'drop' ? event.dataTransfer.files[0] : undefined;
    if (file) void this.openFile(file);
  };

  readonly #paste = (event: ClipboardEvent): void => {
    const place = event.composedPath()[0];
    if (place instanceof Element && place.closest('input, textarea, select, [contenteditable]')) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (file) void this.openFile(file);
    else if (looksLikeTable(text)) this.openText(text);
    else return;
    event.preventDefault();
  };
}

/** What suits a table: a sample's own settings, else the defaults, of which some follow from its rows. */
function suitsOf(source: Source, view?: TableView): Parameters<typeof openedForm>[0] {
  if ('sample' in source) return suitsSample(sampleOf(source.sample));
  const data = withoutTarget(checkData({ target: 'y' }));
  return { ...(view ? withDefaultsFor({ rows: view.sets.train, outputs: view.outputs }, {}) : {}), data };
}

function same(one: Partial<GenerateSettings>, other: Partial<GenerateSettings>): boolean {
  return one.rows === other.rows && one.noise === other.noise && one.seed === other.seed;
}

const dropEvents = ['dragover', 'dragleave', 'drop'] as const;
