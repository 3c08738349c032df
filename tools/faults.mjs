/** `npm run faults [-- NAME...]`: the tests that provoke faults, as often as docs/reliability.md says. */
import { startVitest } from 'vitest/node';

process.env.FAULTS ??= 'all';
const names = process.argv.slice(2);
await startVitest('test', names.length > 0 ? names.map((name) => `${name}.faults.`) : ['.faults.'], { watch: false });
