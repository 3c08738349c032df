/**
 * What a sweep's trials share, as a file may write it: groups within groups, dotted names as in the grid
 * (`"training.batch_size": 8`), or both. All become groups.
 */

import { sweeps } from '../../messages/en/training/sweeps.ts';
import { settingAt, trialFields, withSetting } from '../../spec/fields.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';

type Settings = Record<string, unknown>;

/** @throws InputError where two names say different things of one setting */
export function nestedBase(base: Settings): Settings {
  return settingsIn(base, '').reduce((nested: Settings, [path, value]) => {
    refuseOther(nested, path, value);
    // The group is on already, and has more in it.
    if (isGroup(value) && isGroup(settingAt(nested, path))) return nested;
    return withSetting(nested, path, value);
  }, {});
}

/** Every setting with its whole path; an empty group is a value, since it switches the group on. */
function settingsIn(group: Settings, prefix: string): [path: string, value: unknown][] {
  return Object.entries(group).flatMap(([name, value]): [string, unknown][] => {
    const path = `${prefix}${name}`;
    if (isGroup(value) && Object.keys(value).length > 0) return settingsIn(value, `${path}.`);
    // As in the grid, a kind may stand for the group that it is chosen for.
    const isKind = typeof value === 'string' && trialFields.some((field) => field.path === `${path}.kind`);
    return [[isKind ? `${path}.kind` : path, value]];
  });
}

function refuseOther(nested: Settings, path: string, value: unknown): void {
  const names = path.split('.');
  for (const depth of names.keys()) {
    const at = names.slice(0, depth + 1).join('.');
    const before = settingAt(nested, at);
    if (before === undefined) return;
    const now = at === path ? value : {};
    if (isGroup(before) && isGroup(now)) continue;
    if (JSON.stringify(before) === JSON.stringify(now)) continue;
    throw new InputError(message(sweeps, 'base_twice', { path: at, first: before, second: now }), at);
  }
}

function isGroup(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
