/** A table with escape sequences in names, classes and its file's name: none of them reaches a terminal. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, quick, start } from '../../support/commands/cli.ts';

const hostile = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e\u007f';
const file = `${hostile}.csv`;
const target = `class${hostile}`;
const rows = Array.from({ length: 60 }, (_, row) => `${row / 7},c${hostile}${row % 2},"k${hostile}${row % 3}"`);
const text = `x${hostile},"${target}",kind${hostile}\n${rows.join('\n')}\n`;
const control = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
const wiped = '\r\u001b[K';
const terminals =
  '--import=data:text/javascript,process.stderr.isTTY=true;process.stdout.isTTY=true;process.stdout.hasColors=()=>false';

it('is shown by every command with its control characters written out, and is data in a file', async () => {
  writeFileSync(join(folder, file), text);
  const train = ['train', file, '--target', target, ...quick.split(' '), '--out', 'model'];
  for (const words of [
    ['describe', file],
    ['describe', file, '--target', hostile],
    train,
    ['predict', 'model', file],
  ]) {
    const { out, err } = await start(words, '', words === train ? '' : terminals).ended;
    const seen = (out + err).replaceAll(wiped, '');
    expect(control.exec(seen), words.join(' ')).toBeNull();
    expect(seen).toContain('\\u001b[2J');
  }
  const { out, code } = await start(['predict', 'model', file]).ended;
  expect(code).toBe(0);
  const lines = text.trimEnd().split('\n');
  const predicted = out.trimEnd().split('\n');
  expect(predicted).toHaveLength(lines.length);
  for (const [at, line] of lines.entries()) expect(predicted[at].startsWith(`${line},`)).toBe(true);
  expect(predicted[1].slice(lines[1].length)).toContain('c\u001b[2J');
});
