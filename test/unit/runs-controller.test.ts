/** The list of runs without a page: what is drawn behind the current run as the list changes. */
import { expect, test, vi } from 'vitest';
import type { KeptRun, RunPicture } from '../../src/lab/keeping/kept.ts';
import { RunsController } from '../../src/lab/runs-controller.ts';
import type { TrainerController } from '../../src/lab/trainer-controller.ts';
import type { Lab } from '../../src/lab/worker-link.ts';
import { checkData, checkTrial } from '../../src/spec/check.ts';

vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));

const runOf = (id: string, changes: Partial<KeptRun> = {}) =>
  ({
    id,
    created: 1,
    table: { key: 'a', name: 'a.csv', rows: 10 },
    settings: { trial: checkTrial({}), data: checkData({ target: 'y' }), engine: 'cpu' },
    state: 'done',
    epochs: 3,
    mark: {},
    ...changes,
  }) as KeptRun;

function listed(...runs: KeptRun[]) {
  const list = { runs };
  const pictures = vi.fn(async (ids: string[]) =>
    ids.map(
      (id): RunPicture => ({
        epochs: [1],
        seconds: [1],
        train: [list.runs.find((run) => run.id === id)?.epochs ?? 0],
        validation: [null],
        grid: null,
        fitted: null,
      }),
    ),
  );
  const keeping = { list: async () => list.runs, state: async () => ({}), mark: async () => {}, pictures };
  const lab = { keeping } as unknown as Lab;
  const trainer = { guard: (request: (lab: Lab) => unknown) => request(lab) } as unknown as TrainerController;
  const host = Object.assign(new EventTarget(), { addController: () => {}, requestUpdate: () => {} });
  const controller = new RunsController(host as unknown as ConstructorParameters<typeof RunsController>[0], trainer);
  controller.hostConnected();
  const read = async () => {
    await controller.undo();
    await new Promise(setImmediate);
  };
  return { controller, list, pictures, read };
}

test('a run that is gone leaves its place behind the current one to others', async () => {
  const { controller, list, read } = listed(runOf('one'), runOf('two'));
  await read();
  controller.overlay('one', true);
  await read();
  expect(controller.overlays.map(({ id, slot }) => [id, slot])).toEqual([['one', 0]]);
  list.runs = [runOf('two')];
  await read();
  expect(controller.overlays).toEqual([]);
  expect(controller.slots.size).toBe(0);
  controller.hostDisconnected();
});

test('what was drawn of a run while it trained is drawn anew when it has ended, and then no more', async () => {
  const { controller, list, pictures, read } = listed(runOf('one', { state: 'running', epochs: 2 }));
  await read();
  controller.overlay('one', true);
  await read();
  list.runs = [runOf('one', { state: 'done', epochs: 3 })];
  await read();
  expect(controller.overlays[0].loss.mean).toEqual([3]);
  const asked = pictures.mock.calls.length;
  await read();
  expect(pictures).toHaveBeenCalledTimes(asked);
  controller.hostDisconnected();
});
