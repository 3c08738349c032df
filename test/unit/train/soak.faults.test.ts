/** Many runs of mixed shapes, one after the other in one process: it ends with the memory that it began with. */
import { it } from 'vitest';
import { requestEngine } from '../../../src/engine/request.ts';
import { times } from '../../support/faults.ts';
import { expectNothingGrown, grownBy, trainOnce } from '../../support/soak.ts';

it('grows nothing', async () => {
  const engines = await Promise.all((['cpu', 'reference'] as const).map((kind) => requestEngine({ kind })));
  const grown = await grownBy(times(16, 1000), (run) => trainOnce(engines[run % 2], run));
  for (const engine of engines) engine.destroy();
  expectNothingGrown(grown);
});
