/** `fit --queue`: other machines train the packs, and the ensemble is chosen here, after each of them. */
import * as z from 'zod/mini';
import type { DataSet } from '../../data/prepare/dataset.ts';
import { info, type Notice, warning } from '../../data/table/notices.ts';
import type { Table } from '../../data/table/table.ts';
import type { Engine } from '../../engine/engine.ts';
import { type FitOptions, type FitResult, fitPrepared } from '../../fit/fit.ts';
import { prepareFit } from '../../fit/prepared.ts';
import { plannedForShards } from '../../fit/shard.ts';
import { queue } from '../../messages/en/command-line/queue.ts';
import { shards } from '../../messages/en/command-line/shards.ts';
import { queuedPacks } from '../../queue/fit/remote.ts';
import { tellFit } from '../../queue/fit/status.ts';
import { commonTask } from '../../queue/send.ts';
import { type FitTask, taskName } from '../../queue/task.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import { type FitSettings, fitPlanSettings } from '../../spec/fit-settings.ts';
import { readStored, unusableNotices } from '../../sweep/store/read-store.ts';
import { storeVersion, type UnusableValue } from '../../sweep/store/store.ts';
import { rowsDigest } from '../../train/fingerprint.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { KeptFolder } from '../checkpoints/kept-folder.ts';
import type { HeadlessRequest } from '../headless.ts';
import { named } from '../options.ts';
import { fitLength } from '../output/fit-progress.ts';
import { keptNumbers, keptPacks } from '../shards/pack-store.ts';
import { queuedName } from '../shards/record.ts';
import { connect } from './address.ts';
import type { QueueRequest } from './request.ts';

/** What the folder says of itself. */
const recordSchema = z.object({
  /** Version of the program. */
  program: z.string(),
  /** Its name on the queue. */
  task: z.string(),
  plan: fitPlanSettings,
  /** That it has taken. */
  seconds: z.number().check(z.nonnegative()),
});

type FitRecord = z.infer<typeof recordSchema>;

/** Who watches a fit, and may end it. */
export type FitWatch = Required<Pick<FitOptions, 'progress' | 'signal'>>;

export interface QueuedFit {
  request: QueueRequest;
  asked: HeadlessRequest;
  store: KeptFolder;
  table: { bytes: Uint8Array; reading: Record<string, unknown> };
  rows: Table;
  dataSettings: DataSettingsInput;
  settings: FitSettings;
}

/**
 * @param engine for what is trained at the end: the packs are trained by workers
 * @throws InputError where the folder holds another fit; RunError where all jobs failed, or nothing was found
 */
export async function fitOnQueue(
  engine: Engine,
  { request, asked, store, table, rows, dataSettings, settings }: QueuedFit,
  { progress, signal }: FitWatch,
): Promise<{ result: FitResult; notices: Notice[] }> {
  const { bytes, reading } = table;
  const unusable: UnusableValue[] = [];
  const kept = await keptNumbers(store);
  const held = (await store.list()).includes(queuedName)
    ? await readStored<FitRecord>(store, queuedName, recordSchema, unusable)
    : undefined;
  // One that the time ends goes on by the plan that it began with, whatever time it is given now.
  const planned = (data: DataSet, ordered: boolean) => held?.plan ?? plannedForShards(data, ordered, settings.minutes);
  const prepared = await named(() => prepareFit(rows, dataSettings, settings, planned, signal));
  const { packs: _, last_epochs: __, shard_packs: ___, shard_epochs: ____, ...plan } = prepared.plan;
  const { kind, reproducible = false } = asked;
  const sent = {
    table: { bytes, source: rows.source, reading },
    data: prepared.dataSettings,
    engine: kind,
    reproducible,
  };
  const task: FitTask = {
    kind: 'fit',
    ...commonTask(sent),
    fit: { seed: settings.seed, plan },
    rows: await rowsDigest([prepared.data]),
  };
  const record = { version: storeVersion, program: __VERSION__, task: taskName(task), plan };
  const isSame = held ? held.task === record.task && held.program === record.program : kept.length === 0;
  if (!isSame) throw new InputError(message(shards, 'fit_other', { folder: store.path }), 'resume');
  const before = held?.seconds ?? 0;
  const onKept = (seconds: number) => store.write(queuedName, { ...record, seconds });
  await onKept(before);
  const connection = await connect(request.address);
  try {
    const { attempts, priority } = request;
    const packs = keptPacks(store, unusable);
    const work = { prepared, task, bytes, packs, kept, before };
    const remote = queuedPacks(connection, { ...work, attempts, priority, signal, onKept });
    const { seconds, machines, failures } = remote;
    const { target } = prepared.dataSettings;
    const facts = { table: rows.source, target, priority, length: fitLength(settings) };
    const result = await tellFit(connection, record.task, facts, { seconds, signal }, (tell) =>
      fitPrepared(engine, prepared, {
        progress(found) {
          tell(found);
          progress(found);
        },
        signal,
        seconds,
        own: { remote },
      }),
    );
    const [why] = failures.values();
    const trained = { packs: result.progress.length, machines: [...machines].sort() };
    return {
      result,
      notices: [
        ...unusableNotices(unusable),
        info(message(queue, 'packs_trained', trained)),
        ...(failures.size > 0 ? [warning(message(queue, 'packs_failed', { count: failures.size, why }))] : []),
      ],
    };
  } finally {
    connection.close();
  }
}
