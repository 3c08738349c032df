/** What a run is known by that is gone on with: all that its bits follow from, but for a plan that was measured. */
import * as z from 'zod/mini';
import { cli } from '../../messages/en/command-line/cli.ts';
import { changesText } from '../../spec/changes.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { dataFields, settingAt, trialFields } from '../../spec/fields.ts';
import { digest, fingerprint } from '../../train/fingerprint.ts';
import type { Run } from '../../train/trainer.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import type { EngineFlags } from '../headless.ts';

const settings = z.record(z.string(), z.unknown());
const count = z.int().check(z.minimum(0));

export const trainIdentitySchema = z.object({
  /** As it was asked for. */
  engine: z.string(),
  reproducible: z.boolean(),
  plan: z.optional(z.string()),
  data: settings,
  trial: settings,
  changes: z.string(),
  /** Of the parameters that it begins with, where a model has them. */
  from: z.optional(z.string()),
  table: z.object({ rows: count, features: count, digest: z.string() }),
});

export type TrainIdentity = z.output<typeof trainIdentitySchema>;

/** @param run before its first step */
export async function trainIdentity(
  { data, trials }: Run,
  dataSettings: DataSettings,
  { engine = 'auto', reproducible = false, plan }: EngineFlags,
): Promise<TrainIdentity> {
  const [{ initial, planned }] = trials;
  const { initial_parameters, ...trial } = initial;
  return {
    engine,
    reproducible,
    plan,
    data: { ...dataSettings },
    trial,
    ...(initial_parameters ? { from: await digest(initial_parameters) } : {}),
    changes: changesText(planned),
    table: { rows: data.rows, features: data.preprocessing.features.length, digest: await fingerprint(data) },
  };
}

/** A setting of the run that was kept, and of the one that is asked for. */
interface Difference {
  name: string;
  stored: string;
  given: string;
}

/** @throws InputError that says what differs */
export function refuseOther(stored: TrainIdentity, own: TrainIdentity): void {
  // In full: `train` alone is no share of a split.
  const ofData = differencesIn(
    dataFields.map(({ path }) => ({ path })),
    stored.data,
    own.data,
  );
  const same = stored.table.digest === own.table.digest;
  if (!same && ofData.length === 0) {
    // Defaults follow from the table: what differs with it is not said.
    const [kept, given] = [stored.table, own.table].map(({ rows, features }) => ({ rows, features }));
    throw new InputError(message(cli, 'resume_other_table', { tables: [kept, given] }), 'resume');
  }
  const differences = [
    ...differencesIn(
      [{ path: 'engine' }, { path: 'reproducible' }, { path: 'plan' }, { path: 'changes' }, { path: 'from' }],
      stored,
      own,
    ),
    ...ofData,
    ...differencesIn(trialFields, stored.trial, own.trial),
  ];
  if (differences.length > 0) throw new InputError(message(cli, 'resume_other_settings', { differences }), 'resume');
}

function differencesIn(fields: readonly { path: string; name?: string }[], stored: object, own: object): Difference[] {
  return fields
    .map(({ path, name = path }) => {
      return { name, stored: shown(settingAt(stored, path)), given: shown(settingAt(own, path)) };
    })
    .filter((one) => one.stored !== one.given);
}

function shown(value: unknown): string {
  return value === undefined || value === '' ? 'none' : JSON.stringify(value);
}
