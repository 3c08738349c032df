/**
 * Why this exists: the lab's tests, the benchmarks and the command line's `serve` want a Chromium with WebGPU on
 * whatever machine they are started on, with nothing to install by hand. Looked for in this order: `CHROME_PATH`, the
 * browsers people usually have, and last the one in `@sparticuz/chromium` (Linux x64).
 *
 *   const browser = await findBrowser();
 *   chromium.launch({
 *     executablePath: browser.executablePath,
 *     args: browserArguments,
 *     env: { ...process.env, ...browser.env },   // Playwright's `env` replaces the environment: merge, do not pass alone
 *   });
 *
 * Pages need http://localhost or https: `navigator.gpu` is only there in a secure context, so not at data: URLs.
 * The package brings one font, Open Sans: on a machine without fonts, monospace is not, and what Open Sans lacks
 * (Hangul, arrows) shows as nothing at all.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { machine } from '../messages/en/command-line/machine.ts';
import { RunError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { packageName, slowOnSwiftShader, unpack } from './unpack.ts';

export interface Browser {
  executablePath: string;
  /** To be added to the browser's environment, not to stand for it. */
  env: Record<string, string>;
  source: 'CHROME_PATH' | 'installed' | 'package';
}

/**
 * Flags under which compute, a WebGPU canvas, 2-D canvases at full rate and screenshots all work without a GPU, and
 * the same everywhere: with the plain WebGPU flags alone a canvas context loses its device on SwiftShader.
 * The second group keeps the browser from talking to anyone but the page it was given.
 */
export const browserArguments: string[] = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--disable-accelerated-2d-canvas',
  `--disable-dawn-features=${slowOnSwiftShader}`,

  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** WebGPU is on by default from here on, and Playwright's protocol fits. */
const oldestVersion = 120;

export async function findBrowser(): Promise<Browser> {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (!isExecutable(chosen)) {
      throw new RunError(message(machine, 'chosen_browser_missing', { file: chosen }));
    }
    return { executablePath: chosen, env: {}, source: 'CHROME_PATH' };
  }

  for (const path of usualPlaces()) {
    if (isExecutable(path) && (await isUsable(path))) return { executablePath: path, env: {}, source: 'installed' };
  }

  const folder = await unpack('chromium');
  if (!folder) {
    const said = { name: packageName, platform: `${process.platform} ${process.arch}` };
    throw new RunError(message(machine, 'browser_missing', said));
  }
  const executablePath = join(folder, 'chromium');
  return { executablePath, env: await packageEnvironment(folder, executablePath), source: 'package' };
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const applications = [
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Chromium.app/Contents/MacOS/Chromium',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
    return applications.flatMap((path) => [join('/Applications', path), join(homedir(), 'Applications', path)]);
  }
  if (process.platform === 'win32') {
    const { PROGRAMFILES, 'PROGRAMFILES(X86)': programFilesX86, LOCALAPPDATA } = process.env;
    const roots = [PROGRAMFILES, programFilesX86, LOCALAPPDATA].filter((root) => root !== undefined);
    const applications = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return applications.flatMap((path) => roots.map((root) => join(root, path)));
  }
  const names = [
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
  ];
  const folders = new Set([...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin']);
  const onPath = names.flatMap((name) => [...folders].filter(Boolean).map((folder) => join(folder, name)));
  return [...onPath, '/opt/google/chrome/chrome', '/opt/chromium/chrome', '/opt/microsoft/msedge/msedge'];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * A name on the PATH is no browser yet: Ubuntu's `chromium-browser` may be a stub that asks for a snap, a snap cannot
 * see the profile folders that Playwright makes, and an old browser has no WebGPU. Windows' browsers are taken on
 * trust: there `--version` opens a window.
 */
async function isUsable(path: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const real = realpathSync(path);
  if (path.startsWith('/snap/') || real.startsWith('/snap/') || real.endsWith('/snap')) return false;
  return browserVersion((await run(path, ['--version'])) ?? '') >= oldestVersion;
}

/** The main version in what `--version` prints; 0 where there is none. */
export function browserVersion(output: string): number {
  return Number(/\b(\d+)\.\d+\.\d+\.\d+\b/.exec(output)?.[1] ?? 0);
}

/** The libraries and fonts of the package, each only where the machine has none of its own. */
async function packageEnvironment(folder: string, executablePath: string): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  const needs = await run('ldd', [executablePath]);
  // A machine without ldd is as bare as they come, so it gets the libraries unasked.
  if (needs === undefined || missingLibraries(needs).length > 0) {
    const libraries = join(folder, 'al2023', 'lib');
    env.LD_LIBRARY_PATH = [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
    const missing = missingLibraries((await run('ldd', [executablePath], env)) ?? '');
    if (missing.length > 0) {
      throw new RunError(message(machine, 'browser_lacks_libraries', { name: packageName, names: missing }));
    }
  }
  if (!process.env.FONTCONFIG_PATH && !process.env.FONTCONFIG_FILE && !hasFonts()) {
    env.FONTCONFIG_PATH = join(folder, 'fonts');
  }
  return env;
}

/** What an executable needs and `ldd` did not find: library names, and versions of the C library that are too new. */
export function missingLibraries(lddOutput: string): string[] {
  const libraries = [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
  const versions = [...lddOutput.matchAll(/version `([^']+)' not found/g)].map((match) => match[1]);
  return [...new Set([...libraries, ...versions])];
}

/** Both a configuration and a font: some images have the first without the second, and Chromium dies on it. */
function hasFonts(): boolean {
  if (!existsSync('/etc/fonts/fonts.conf')) return false;
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(homedir(), '.fonts')];
  folders.push(join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'fonts'));
  return folders.some(holdsFont);
}

function holdsFont(folder: string): boolean {
  try {
    return readdirSync(folder, { recursive: true }).some((name) => /\.(ttf|otf|ttc|pfb)$/i.test(String(name)));
  } catch {
    return false; // not there, or not ours to read
  }
}

/** What a program prints, on either stream, even if it fails or hangs; undefined where there is no such program. */
function run(file: string, args: string[], env: Record<string, string> = {}): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(file, args, { env: { ...process.env, ...env }, timeout: 10_000 }, (error, stdout, stderr) => {
      resolve(error?.code === 'ENOENT' ? undefined : `${stdout}${stderr}`);
    });
  });
}
