/**
 * The command line of this repository, built first where the sources have changed: `npm run lab -- train ...`, and
 * `npm start`, which also builds the page. It runs in this process, so signals, pipes and exit codes are its own.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { built, hold } from './build.mjs';

const command = process.argv.slice(2).find((word) => !word.startsWith('-'));
let folder;
try {
  folder = await built('cli');
  hold(folder);
  // The command finds the page beside itself.
  if (command === 'serve') await built('lab');
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

// npm starts scripts in the folder of package.json; files are meant from where the person stands.
const { npm_lifecycle_event, INIT_CWD } = process.env;
if (npm_lifecycle_event === 'lab' && INIT_CWD) process.chdir(INIT_CWD);

await import(pathToFileURL(join(folder, 'main.js')).href);
