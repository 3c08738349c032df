/**
 * WebKit on this machine, Safari's engine: WebKitGTK's own small browser on a screen of its own (Xvfb), driven by the
 * WebDriver protocol (https://www.w3.org/TR/webdriver2/). On Debian: `apt-get install webkit2gtk-driver xvfb`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

function onPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** The programs, where all are installed. */
export function findWebKit() {
  const driver = onPath('WebKitWebDriver');
  const screen = onPath('Xvfb');
  const libraries = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const browser = `/usr/lib/${libraries}/webkit2gtk-4.1/MiniBrowser`;
  return driver && screen && existsSync(browser) ? { driver, screen, browser } : undefined;
}

export interface WebKit {
  open(url: string): Promise<void>;
  /** The value of a function's body in the page. */
  evaluate(body: string, ...values: unknown[]): Promise<unknown>;
  /** @param element what `evaluate` returned */
  click(element: unknown): Promise<void>;
  type(element: unknown, keys: string): Promise<void>;
  close(): Promise<void>;
}

/** What the protocol calls an element. */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

export async function launchWebKit(): Promise<WebKit> {
  const found = findWebKit();
  if (!found) throw new Error('WebKit is not installed');
  const children: ChildProcess[] = [];
  try {
    const screen = spawn(found.screen, ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    children.push(screen);
    const display = String(await new Promise((resolve) => screen.stdio[3]?.once('data', resolve))).trim();
    const port = await freePort();
    const env = { ...process.env, DISPLAY: `:${display}`, LIBGL_ALWAYS_SOFTWARE: '1' };
    const driver = spawn(found.driver, ['--host=127.0.0.1', `--port=${port}`], { env, stdio: 'ignore' });
    children.push(driver);
    const command = async (method: string, path: string, body?: object): Promise<unknown> => {
      const answer = await untilUp(driver, `http://127.0.0.1:${port}/session${path}`, {
        method,
        body: body && JSON.stringify(body),
      });
      const { value } = (await answer.json()) as { value: { error?: string; message?: string; sessionId?: string } };
      if (value?.error) throw new Error(`${value.error}: ${value.message}`);
      return value;
    };
    const options = { binary: found.browser, args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
    const { sessionId } = (await command('POST', '', { capabilities })) as { sessionId: string };
    const elementOf = (element: unknown) =>
      `/${sessionId}/element/${(element as Record<string, string> | null)?.[elementKey]}`;
    return {
      open: async (url) => void (await command('POST', `/${sessionId}/url`, { url })),
      evaluate: (script, ...args) => command('POST', `/${sessionId}/execute/sync`, { script, args }),
      click: async (element) => void (await command('POST', `${elementOf(element)}/click`, {})),
      type: async (element, text) => void (await command('POST', `${elementOf(element)}/value`, { text })),
      async close() {
        await command('DELETE', `/${sessionId}`);
        for (const child of children) child.kill();
      },
    };
  } catch (error) {
    for (const child of children) child.kill();
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** The driver says nothing when it has begun to listen: it is asked until it answers. */
async function untilUp(driver: ChildProcess, url: string, request: RequestInit): Promise<Response> {
  for (;;) {
    try {
      return await fetch(url, request);
    } catch (error) {
      const refused = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
      if (!refused || driver.exitCode !== null) throw error;
      await new Promise(setImmediate);
    }
  }
}
