/** Opens the lab in a real browser, and holds every page to what must always be so: no errors, no foreign requests. */
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright';
import { expect, inject } from 'vitest';
import { findBrowser } from '../../../src/machine/browser.ts';
import { patience } from '../../support/patience.ts';

export type RunState = 'loading' | 'ready' | 'running' | 'paused' | 'done' | 'diverged' | 'failed';

/**
 * Without a GPU, drawn by the CPU: a software GPU would take both cores just for drawing. Letters are smoothed in the same
 * way, whatever the system is set to.
 */
const plainArguments = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--disable-lcd-text'];

export async function launch(args = plainArguments): Promise<Browser> {
  const { executablePath, env } = await findBrowser();
  const environment = { ...process.env, ...env } as Record<string, string>;
  return chromium.launch({ executablePath, args, env: environment, timeout: patience });
}

export interface OpenOptions extends BrowserContextOptions {
  host?: string;
  /** Where the page is, if the test serves it itself. */
  served?: string;
  /** Errors in the console that the test brings about itself. */
  expected?: RegExp;
  /** Whether short runs begin anew by themselves when a setting is changed; how long one takes depends on the machine. */
  atOnce?: boolean;
  /** Before the page is opened. */
  prepare?: (page: Page) => Promise<void>;
}

/**
 * Opens the lab, hands it to the test, and checks afterwards that nothing went wrong on the way. Without its service worker, which
 * fetches the whole page once more for use without a network, unless the test is about that or says otherwise.
 */
export async function withLab(
  browser: Browser,
  test: (lab: Lab) => Promise<void>,
  { host, served, expected, atOnce = false, prepare, serviceWorkers = 'block', ...options }: OpenOptions = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers, ...options });
  context.setDefaultTimeout(patience);
  if (!atOnce) {
    // The page of an error has no storage.
    await context.addInitScript(
      () => location.protocol.startsWith('http') && localStorage.setItem('apply-at-once', 'off'),
    );
  }
  const page = await context.newPage();
  const url = new URL(served ?? inject('labUrl'));
  if (host) url.hostname = host;
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected?.test(message.text())) wrong.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`page: ${error.message}`));
  context.on('request', (request) => {
    const { protocol, host: requested } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && requested !== url.host) wrong.push(`request: ${request.url()}`);
  });
  try {
    await prepare?.(page);
    await page.goto(url.href);
    await test(new Lab(page));
    expect(wrong).toEqual([]);
  } finally {
    await context.close();
  }
}

/** The page by what a person finds on it. */
export class Lab {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Resolves when the run is in this state. */
  async reaches(state: RunState): Promise<void> {
    await this.page.locator(`.page[data-state=${state}]`).waitFor();
  }

  /** Does what begins another run, and resolves when the page shows that one: what it says then is not of the run before. */
  async begins(act: () => Promise<unknown>): Promise<void> {
    const before = await this.run();
    await act();
    await this.page.locator(`.page[data-run]:not([data-run="${before}"])`).waitFor();
  }

  /** Trains anew with what the controls say. */
  async restart(button = 'Restart'): Promise<void> {
    await this.begins(() => this.button(button).click());
  }

  /** Trains a run that does not end within the test. */
  async trainsLong(): Promise<void> {
    await this.trains(1);
    await this.fill('trial.training.epochs', '10000000');
    await this.begins(() =>
      this.button(/^(Restart|Train again)$/)
        .first()
        .click(),
    );
  }

  /** Takes a network whose kernels a software adapter compiles soon: one with a wide layer has a second one. */
  async compilesQuickly(): Promise<void> {
    await this.fill('trial.model.hidden', '4');
  }

  /** Switches early stopping off: tables of one's own have it. */
  async stopsNotEarly(): Promise<void> {
    await this.page.getByText('More settings').click();
    await this.page.getByLabel('Early stopping').uncheck();
  }

  /** The same, going slowly, and not ended by early stopping, which comes with some samples. */
  async trainsSlowly(): Promise<void> {
    await this.stopsNotEarly();
    await this.fill('trial.training.optimizer.learning_rate', '0.000001');
    await this.trainsLong();
  }

  /** Opens the dialog of a sweep, on a run that is over soon, and varies these. */
  async draftsSweep(paths: string[], epochs = '6'): Promise<void> {
    await this.trains(1);
    await this.fill('trial.training.epochs', epochs);
    await this.button('Sweep…').click();
    const dialog = this.page.getByRole('dialog', { name: 'Sweep' });
    await dialog.waitFor();
    for (const path of paths) {
      await dialog.getByRole('combobox', { name: 'Vary a setting' }).selectOption(path);
      await this.page.locator('lab-vary').nth(paths.indexOf(path)).waitFor();
    }
  }

  /** Resolves when at least so many epochs of the run that is shown are trained. */
  async trains(epochs: number): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => {
        const page = document.querySelector('lab-app')?.shadowRoot?.querySelector<HTMLElement>('.page');
        return Number(page?.dataset.epoch) >= wanted;
      },
      epochs,
      { polling: 20 },
    );
  }

  /** Which run is shown. */
  async run(): Promise<string | null> {
    return this.page.locator('.page').getAttribute('data-run');
  }

  async epoch(): Promise<number> {
    return Number(await this.page.locator('.page').getAttribute('data-epoch'));
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  field(path: string): Locator {
    return this.page.locator(`lab-field[data-path="${path}"]`);
  }

  /** Types into a field and leaves it. */
  async fill(path: string, text: string): Promise<void> {
    const input = this.field(path).getByRole('textbox');
    await input.fill(text);
    await input.press('Enter');
  }

  async choose(path: string, value: string): Promise<void> {
    await this.field(path).getByRole('combobox').selectOption(value);
  }

  async openCsv(name: string, text: string): Promise<void> {
    const buffer = Buffer.from(text);
    await this.page.locator('lab-data input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  }

  /** Opens a table that can be trained on. */
  async trainCsv(name: string, text: string): Promise<void> {
    await this.begins(() => this.openCsv(name, text));
  }

  /** The large number. */
  async headline(): Promise<number> {
    const text = (await this.page.locator('#headline').textContent())?.trim();
    // Before the first epoch there is none, which is not 0.
    if (!text || !Number.isFinite(Number(text))) throw new Error(`the large number reads "${text}"`);
    return Number(text);
  }

  /** Presses a button that saves a file, and reads the file. */
  async download(name: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
    const [saved] = await Promise.all([this.page.waitForEvent('download'), this.button(name).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
    return { name: saved.suggestedFilename(), bytes: Buffer.concat(chunks) };
  }
}
