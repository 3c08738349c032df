/** Every odd file, read in Node. `npx vitest run --project unit odd-files -u` writes down what has become of them. */
import { expect, it } from 'vitest';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { oddFiles } from '../../../odd-files/files.ts';
import { fileOf, outcomeOf, outcomesText } from '../../../odd-files/outcome.ts';

it('reads or refuses each as it is written down', async () => {
  const outcomes = new Map<string, string>();
  for (const file of oddFiles) {
    const input = await fileOf(file);
    outcomes.set(file.name, await outcomeOf(() => readCsv(input, file.options)));
  }
  expect(outcomes.size).toBe(oddFiles.length);
  await expect(outcomesText(outcomes)).toMatchFileSnapshot('../../../odd-files/outcomes.txt');
});
