/** What a table is opened with: settings that it brings, those of a link that has waited for it, or what the controls say. */
import type { PlannedChange } from '../../../spec/changes.ts';
import type { DataSettingsInput } from '../../../spec/data-settings.ts';
import type { ReadingInput } from '../../../spec/reading-settings.ts';
import type { Said } from '../../../util/errors.ts';
import type { ReadingProgress, Source, TableView } from '../../protocol/messages.ts';
import { type Form, withoutColumns, withoutTarget } from '../../shared/form.ts';
import { withReading } from '../../shared/table-source.ts';

/** How a table is opened, where it brings settings of its own. */
export interface Opening {
  data?: Partial<DataSettingsInput>;
  /** What the controls say once it is open. */
  form?: (view: TableView) => Form;
  tell?: (progress: ReadingProgress) => void;
  /** What is changed while it trains, where a run that was changed is repeated. */
  changes?: readonly PlannedChange[];
  /** The plan of the run that is repeated. */
  plan_code?: string;
}

/** What of a link cannot be had as it says. */
export interface Linked {
  /** The file that somebody has to open. */
  missing?: string;
  /** How it is to be read and opened then. */
  reading?: ReadingInput;
  opening?: Opening;
  problems: Said[];
  /** The model that its run went on from, which it does not hold. */
  from?: string;
  /** Whether the run that it is of was changed at steps that are not known. */
  unrepeated: boolean;
}

/** What the page knows when somebody chooses a table. */
export interface Known {
  /** What they say. */
  controls: { form: Form };
  /** The table that is open. */
  source: Source | undefined;
  linked: Linked | undefined;
}

/** @param given what the table brings; the link's comes before it where this is the file that the link has waited for */
export function openingOf(
  chosen: Source,
  given: Opening,
  { controls: { form }, source: open, linked }: Known,
): Opening & { source: Source; data: Partial<DataSettingsInput> } {
  const awaited = linked?.missing !== undefined && 'name' in chosen && linked.missing === chosen.name;
  const source = awaited && chosen instanceof File ? withReading(chosen, linked.reading ?? {}) : chosen;
  const opening = awaited ? { ...given, ...linked.opening } : given;
  const usable = form.problems.size === 0;
  const settings = source === open ? withoutTarget(form.data) : withoutColumns(form.data);
  return { ...opening, source, data: opening.data ?? (usable ? settings : {}) };
}
