/** A Firefox on this machine, with WebGPU on the packaged software adapter. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { swiftShaderVariables } from '../../src/machine/unpack.ts';
import { patience } from '../support/patience.ts';

/** Where Firefox is installed: `FIREFOX_PATH`, or the first on the PATH. Debian calls it firefox-esr. */
export function findFirefox(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const named = ['firefox-esr', 'firefox'].flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.FIREFOX_PATH, ...named].find((path) => path && isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export async function launchFirefox(): Promise<Browser> {
  // Only where a test asks for it: the configuration of all tests imports this file.
  const { launch } = await import('puppeteer-core');
  return launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    headless: true,
    timeout: patience,
    env: { ...process.env, ...(await swiftShaderVariables()) },
    // Off by default on Linux, and on a blocklist where the adapter is software.
    extraPrefsFirefox: {
      'dom.webgpu.enabled': true,
      'dom.webgpu.workers.enabled': true,
      'gfx.webgpu.ignore-blocklist': true,
    },
  });
}
