/** Opens an address in the person's browser, where there is one and a screen to show it on. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a browser was asked to open it. That it does not come up is no error of ours: the address is printed. */
export function openInBrowser(address: string): boolean {
  const opener = openerHere();
  if (!opener) return false;
  const [command, ...words] = opener;
  const child = spawn(command, [...words, address], { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // the address stands on the screen
  child.unref();
  return true;
}

function openerHere(): string[] | undefined {
  if (process.env.CI) return undefined;
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  const screen = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return screen && inPath('xdg-open') ? ['xdg-open'] : undefined;
}

function inPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
}
