/** Runs as the page stores them, with what a test says of them. */
import type { StoredRun } from '../../../src/lab/protocol/runs.ts';
import type { LegalForm } from '../../../src/lab/protocol/settings.ts';
import { checkData, checkTrial } from '../../../src/spec/check.ts';
import { withSetting } from '../../../src/spec/fields.ts';
import { withFirstData, withFirstDefaults } from '../../../src/spec/first-defaults.ts';

export function settingsOf(
  trial: Record<string, unknown> = {},
  data: object = {},
  engine: LegalForm['engine'] = 'auto',
): LegalForm {
  const written = Object.entries(trial).reduce<Record<string, unknown>>(
    (all, [path, value]) => withSetting(all, path, value),
    {},
  );
  return {
    trial: checkTrial(withFirstDefaults(written)),
    data: checkData(withFirstData({ target: 'y', ...data })),
    engine,
  };
}

let made = 0;
export function runOf(trial: Record<string, unknown>, others: Partial<StoredRun> = {}): StoredRun {
  made += 1;
  return {
    id: `run-${String(made).padStart(3, '0')}`,
    created: made,
    table: { key: 'a', name: 'a.csv', rows: 10 },
    task: 'regression',
    target: 'y',
    settings: settingsOf(trial),
    began: {},
    changes: [],
    engine: { choice: 'cpu', kind: 'cpu', adapter: '', software: false, why: '', plan: 'plain' },
    parameters: 1,
    state: 'done',
    failure: null,
    epochs: 10,
    seconds: 1,
    scores: {},
    of: 'validation',
    outcome: null,
    recovered: [],
    model: 0,
    mark: {},
    ...others,
  };
}
