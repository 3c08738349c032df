/** The list of runs without a page: what is drawn behind the current run as the list changes. */
import { expect, test, vi } from 'vitest';
import type { RunView, TableView } from '../../../../src/lab/protocol/messages.ts';
import type { RunPicture, StoredRun } from '../../../../src/lab/protocol/runs.ts';
import { RunsController } from '../../../../src/lab/runs/controller.ts';
import { tableKey } from '../../../../src/lab/shared/table-key.ts';
import { TrainerController } from '../../../../src/lab/trainer/controller.ts';
import type { Lab } from '../../../../src/lab/trainer/worker-link.ts';
import { Loader } from '../../../../src/lab/ui/loader.ts';
import { checkData, checkTrial } from '../../../../src/spec/check.ts';

vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));

const runOf = (id: string, changes: Partial<StoredRun> = {}) =>
  ({
    id,
    created: 1,
    table: { key: 'a', name: 'a.csv', rows: 10 },
    settings: { trial: checkTrial({}), data: checkData({ target: 'y' }), engine: 'cpu' },
    began: {},
    changes: [],
    state: 'done',
    epochs: 3,
    mark: {},
    ...changes,
  }) as StoredRun;

type Given = ConstructorParameters<typeof RunsController>;

function listed(...runs: StoredRun[]) {
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
  const guard = (request: (lab: Lab) => unknown) => request(lab);
  // With the fields that are followed, and no worker.
  const trainer: TrainerController = Object.assign(Object.create(TrainerController.prototype), { guard });
  const host = Object.assign(new EventTarget(), { addController: () => {} }) as unknown as Given[0];
  const controller = new RunsController(host, trainer, new Loader(host));
  controller.hostConnected();
  const read = async () => {
    await controller.undo();
    await new Promise(setImmediate);
  };
  return { controller, trainer, list, pictures, read };
}

test('a run that is gone leaves its place behind the current one to others', async () => {
  const { controller, list, read } = listed(runOf('one'), runOf('two'));
  await read();
  controller.drawn.set('one', true);
  await read();
  expect(controller.drawn.overlays.map(({ id, slot }) => [id, slot])).toEqual([['one', 0]]);
  list.runs = [runOf('two')];
  await read();
  expect(controller.drawn.overlays).toEqual([]);
  expect(controller.drawn.slots.size).toBe(0);
  controller.hostDisconnected();
});

test('what was drawn of a run while it trained is drawn anew when it has ended, and then no more', async () => {
  const { controller, list, pictures, read } = listed(runOf('one', { state: 'running', epochs: 2 }));
  await read();
  controller.drawn.set('one', true);
  await read();
  list.runs = [runOf('one', { state: 'done', epochs: 3 })];
  await read();
  expect(controller.drawn.overlays[0].loss.mean).toEqual([3]);
  const asked = pictures.mock.calls.length;
  await read();
  expect(pictures).toHaveBeenCalledTimes(asked);
  controller.hostDisconnected();
});

test('curves of a run with another table, target or loss are not drawn while they cannot be compared, and why is said', async () => {
  const trained = { name: 'a.csv', text: 'x,y' };
  const settings = (loss: 'mse' | 'mae') => ({ ...runOf('').settings, trial: checkTrial({ training: { loss } }) });
  const table = { key: tableKey(trained), name: 'a.csv', rows: 10 };
  const one = runOf('one', { table, target: 'y', task: 'regression', settings: settings('mse') });
  const { controller, trainer, read } = listed(one);
  const open = (source: typeof trained, target: string, loss: 'mse' | 'mae') => {
    const data = { target, task: 'regression' } as TableView;
    Object.assign(trainer, { trained: source, applied: settings(loss), run: { data } as RunView });
  };
  open(trained, 'y', 'mse');
  await read();
  controller.drawn.set('one', true);
  await read();
  expect(controller.drawn.overlays.map(({ id }) => id)).toEqual(['one']);
  const { overlays } = controller.drawn;
  expect(controller.drawn.overlays).toBe(overlays);
  expect(controller.drawn.incomparable).toEqual([]);
  const name = overlays[0].name;
  for (const [source, target, loss, difference] of [
    [{ ...trained, text: 'x,y,z' }, 'y', 'mse', 'table'],
    [trained, 'z', 'mse', 'target'],
    [trained, 'y', 'mae', 'loss'],
  ] as const) {
    open(source, target, loss);
    expect(controller.drawn.overlays).toEqual([]);
    expect(controller.drawn.incomparable).toEqual([{ name, difference }]);
  }
  open(trained, 'y', 'mse');
  expect(controller.drawn.overlays).toHaveLength(1);
  controller.hostDisconnected();
});
