/**
 * Starts the files that take longest first, so that no core waits for one at the end. vitest goes by size where it has not
 * run a file before, but a short file may train for long.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The slowest files, slowest first, under test/ and without .test.ts. Those of queues wait for much of their time: they stand
 * between files that take a core.
 */
export const slowest = [
  'integration/cli/sweep-resume',
  'queue/fit',
  'integration/lab-script',
  'queue/refusals',
  'package/readme',
  'integration/cli/predict',
  'integration/cli/doctor',
  'queue/outage',
  'integration/cli/report',
  'queue/halving',
  'integration/cli/kill.faults',
  'unit/util/random',
  'unit/data/read/csv-properties',
  'parity/numbers/numbers-direct',
  'parity/numbers/numbers-resident',
  'parity/numbers/numbers-tiled',
  'browser/page/states',
  'firefox/walk',
  'browser/data/data',
  'browser/page/monkey',
  'browser/page/views',
  'browser/runs/keeping',
];

export default class SlowFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = slowest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return place < 0 ? slowest.length : place;
    };
    // Groups stay in their order: vitest makes them of what is sorted. Files of one rank stay as vitest sorts them.
    return (await super.sort(specifications)).sort((a, b) => rank(a) - rank(b));
  }
}
