/** Optuna's journal while the sweep trains: it grows with every trial and epoch, by whole lines, so that Optuna can read along. */
import { readFileSync } from 'node:fs';
import { cli } from '../../messages/en/command-line/cli.ts';
import { trialKeys } from '../../sweep/definition/trial-specs.ts';
import type { TrialResult } from '../../sweep/results/types.ts';
import { readStore } from '../../sweep/store/read-store.ts';
import type { EndedPopulation, SweepStore } from '../../sweep/store/store.ts';
import type { SweepOptions } from '../../sweep/sweep.ts';
import { RunError, saidBy } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { fileProblem } from '../failures.ts';
import { appendFile, writeFile } from '../files/write.ts';
import { inLanguage } from '../language.ts';
import { printError } from '../output/terminal.ts';
import { OptunaStudy, type StudyFacts } from './optuna-study.ts';

export interface LiveJournal {
  /** The sweep's store, of which the journal hears what has ended. */
  store: SweepStore;
  /** As `sweep` tells it. */
  progress: NonNullable<SweepOptions['progress']>;
}

/** Milliseconds between two looks at trials that train. */
const pauseMs = 1000;

/**
 * The file begins when there is something to say: until then an earlier one stays.
 * @param resume whether the store and the file are gone on with
 */
export async function liveJournal(
  path: string,
  facts: StudyFacts,
  store: SweepStore,
  resume = false,
): Promise<LiveJournal> {
  const study = new OptunaStudy(facts);
  const { specs } = study;
  const places = new Map((await trialKeys(specs, [...facts.folds])).map((key, place) => [key, place]));
  const resultsOf = ({ trials }: EndedPopulation) =>
    trials.flatMap(({ key, result }): [number, Omit<TrialResult, 'settings'>][] => {
      const place = places.get(key);
      if (place === undefined) return [];
      const { configuration: cell, seed, fold } = specs[place];
      return [[place, { cell, seed, fold, ...result }]];
    });
  const before = resume ? (await readStore(store)).ended.flatMap(resultsOf) : [];
  let begun = false;
  let failed = false;
  const write = (make: () => string) => {
    if (failed) return;
    try {
      if (!begun) {
        const there = resume ? journalIn(path) : '';
        writeFile(path, [study.read(there) ? there : study.header(), study.results(new Map(before))]);
      }
      begun = true;
      const lines = make();
      if (lines !== '') appendFile(path, lines);
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      failed = true;
      printError(inLanguage(message(cli, 'optuna_later', { why: saidBy(error) })));
    }
  };
  let looked = Number.NEGATIVE_INFINITY;
  return {
    store: {
      ...store,
      async write(name, value) {
        await store.write(name, value);
        if (name.startsWith('ended ')) write(() => study.results(new Map(resultsOf(value as EndedPopulation))));
      },
    },
    progress(_, statuses) {
      if (performance.now() - looked < pauseMs) return;
      looked = performance.now();
      write(() => study.progress(statuses()));
    },
  };
}

/** Its whole lines; nothing where there is none that can be read. */
export function journalIn(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (fileProblem(error)) return '';
    throw error;
  }
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
