/**
 * What the page opens with: the run this tab had when it is reloaded, what a link says, the run of a tab that was closed,
 * or else the sample.
 */
import type { Recalled, Source } from '../../protocol/messages.ts';
import type { TabEntry } from '../../protocol/runs.ts';
import { isOwnLink, ownTab, takeTab } from '../../shared/tab.ts';
import { withReading } from '../../shared/table-source.ts';
import type { TrainerController } from '../controller.ts';
import type { Lab } from '../worker-link.ts';
import { type Link, readLink } from './link.ts';
import { openingWith, recall } from './stored-run.ts';

interface FirstOpening {
  tab: string;
  recalled?: Recalled;
  link?: Link;
}

/**
 * @param sample undefined where somebody else opens the first table, unless the address has settings
 * @param play whether what a link says, or the sample, is trained at once
 */
export async function beginWith(trainer: TrainerController, sample: Source | undefined, play = true): Promise<void> {
  const opening = await trainer.worker.command((lab) => firstOpening(lab, location.hash, sample === undefined));
  if (!opening) return;
  trainer.worker.tab = opening.tab;
  if (trainer.begun) return;
  if (opening.recalled) await recall(trainer, opening.recalled);
  else if (opening.link) await openLink(trainer, opening.link, sample, play);
  else if (sample) await trainer.open(sample, play);
}

/** Trains what a link says; where its file is not here, waits for somebody to open it. */
export async function openLink(
  trainer: TrainerController,
  link: Link,
  sample: Source | undefined,
  play = true,
): Promise<void> {
  const { source, form, changes, plan_code, from, problems } = link;
  const name = source?.kind === 'file' ? source.name : undefined;
  const found = name === undefined ? undefined : await trainer.guard(async (lab) => lab.keeping.sourceNamed(name));
  const reading = source?.kind === 'file' ? source.reading : {};
  const kept = found && withReading(found, reading);
  const table = source?.kind === 'here' ? source.source : name === undefined ? sample : kept;
  const opening = openingWith(form, changes === 'unknown' ? undefined : changes, plan_code);
  if (table) await trainer.open(table, play, opening);
  else trainer.controls.form = form;
  trainer.linked = {
    problems,
    from,
    unrepeated: changes === 'unknown',
    ...(table ? {} : { missing: name, reading, opening }),
  };
}

async function firstOpening(lab: Lab, hash: string, awaits: boolean): Promise<FirstOpening> {
  const link = readLink(hash);
  // An address that the page did not write itself is asked for by a person.
  const asked = link ? !isOwnLink(hash) : awaits;
  const own = await ownTab();
  if (own !== undefined) {
    await lab.keeping.claim(own);
    return { tab: own, link, recalled: asked ? undefined : await recalledBy(lab, own) };
  }
  for (const { id } of asked ? [] : await keptTabs(lab)) {
    if (!(await takeTab(id))) continue;
    await lab.keeping.claim(id);
    return { tab: id, link, recalled: await recalledBy(lab, id) };
  }
  const tab = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  await takeTab(tab);
  await lab.keeping.claim(tab);
  return { tab, link };
}

/** None where they cannot be read: then the page begins as if nothing had been kept. */
async function keptTabs(lab: Lab): Promise<TabEntry[]> {
  try {
    return await lab.keeping.tabs();
  } catch (error) {
    console.warn('What was open cannot be read:', error);
    return [];
  }
}

/** Undefined where it cannot be had any more: then the page begins as if nothing had been kept. */
async function recalledBy(lab: Lab, tab: string): Promise<Recalled | undefined> {
  try {
    const reply = await lab.recall(tab);
    return reply.ok ? (reply.value ?? undefined) : undefined;
  } catch (error) {
    // What was kept must not keep the page from opening.
    console.warn('The run that was open cannot be brought back:', error);
    return undefined;
  }
}
