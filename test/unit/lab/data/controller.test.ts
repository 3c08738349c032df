/** When the page asks what its table looks like, without a page: the worker's work is done in this process. */
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { DataController } from '../../../../src/lab/data/controller.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import { endWorkers, page } from '../../../support/lab/page-here.ts';

afterEach(endWorkers);

/** A page with its table, and what its worker is asked for. */
function pageWithTable(sample: string) {
  const asked: string[] = [];
  const { start, preview } = Lab.prototype;
  const spies = [
    vi.spyOn(Lab.prototype, 'start').mockImplementation(function (this: Lab, request) {
      asked.push('start');
      return start.call(this, request);
    }),
    vi.spyOn(Lab.prototype, 'preview').mockImplementation(function (this: Lab, settings) {
      asked.push(`preview ${here.trainer.history.last ? 'of a run' : 'before the first epoch'}`);
      return preview.call(this, settings);
    }),
  ];
  const here = page(sample);
  const tables = new DataController(here.host, here.trainer);
  tables.hostConnected();
  onTestFinished(() => {
    tables.hostDisconnected();
    here.trainer.hostDisconnected();
    for (const spy of spies) spy.mockRestore();
  });
  return { ...here, tables, asked };
}

test('the table is looked at once the first run trains', async () => {
  const { tables, until, asked } = pageWithTable('curve');
  await until(() => tables.preview !== undefined);
  expect(asked).toEqual(['start', 'preview of a run']);
});

test('without a run that trains, the table is looked at once the page stands', async () => {
  const { tables, trainer, until, asked } = pageWithTable('curve');
  await until(() => trainer.latest !== undefined);
  await trainer.reset();
  await until(() => tables.preview !== undefined);
  expect(trainer.state).toBe('ready');
  expect(asked.filter((what) => what === 'start')).toHaveLength(2);
});

test('a run on another table is asked for before what the table looks like', async () => {
  const { tables, until, asked } = pageWithTable('curve');
  await until(() => tables.preview !== undefined);
  asked.length = 0;
  await tables.openSample('moons');
  await until(() => tables.preview?.name === 'moons.csv');
  expect(asked[0]).toBe('start');
});
