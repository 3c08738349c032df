/** The page's own reader, in a worker as on the page: says what it made of every odd file. */
import { createDecoder } from '../../../src/data/read/bytes/decoders.ts';
import { withReading } from '../../../src/lab/shared/table-source.ts';
import { Reading } from '../../../src/lab/worker/table/table-reader.ts';
import { oddFiles } from '../../odd-files/files.ts';
import { fileOf, outcomeOf } from '../../odd-files/outcome.ts';
import { allPairs, pairsHash } from '../../support/data/korean.ts';

export interface Answer {
  outcomes: [name: string, outcome: string][];
  /** What the browser's own decoder makes of all pairs of bytes, and what ours does. */
  pairs: { browser: number; ours: number };
}

const reading = new Reading();
const outcomes: Answer['outcomes'] = [];
for (const file of oddFiles) {
  const source = withReading(await fileOf(file), file.options ?? {});
  outcomes.push([file.name, await outcomeOf(() => reading.read(source))]);
}
const browser = pairsHash(allPairs(() => new TextDecoder('euc-kr', { fatal: true })));
postMessage({ outcomes, pairs: { browser, ours: pairsHash(allPairs(createDecoder)) } } satisfies Answer);
