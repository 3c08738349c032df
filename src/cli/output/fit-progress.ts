/**
 * One line on standard error while a fit looks for models: how much of the time is gone, what has trained, and the score so
 * far beside what it has to beat. Only where a person watches; it is gone when the fit ends, as the result says more.
 */
import { scoreOf } from '../../fit/fit-json.ts';
import type { FitProgress } from '../../fit/result.ts';
import { isTimed, packsOf } from '../../fit/sequence.ts';
import type { FitSettings } from '../../spec/fit-settings.ts';
import { count } from '../../util/thousands.ts';
import { heading, significant } from './output.ts';
import { colours } from './progress.ts';

export interface FitBar {
  update(progress: FitProgress): void;
  stop(): void;
}

/** What ends the fit: so many seconds, or so many packs of a fit that is repeated. */
export type FitLength = { seconds: number } | { packs: number };

export function fitLength({ plan, minutes }: FitSettings): FitLength {
  return isTimed(plan) ? { seconds: 60 * minutes } : { packs: [...packsOf(plan)].length };
}

const longestBar = 20;
const shortestBar = 8;
/** What a terminal adds of its own when Ctrl-C is pressed; a line that it breaks could not be wiped away. */
const echo = '^C'.length;

export async function fitBar(length: FitLength): Promise<FitBar> {
  const { SingleBar } = (await import('cli-progress')).default;
  let told = performance.now();
  let last: FitProgress | undefined;
  let packs = 0;
  const bar = new SingleBar({
    format: () => {
      // A fit on a queue has its own time: from when a worker has taken something.
      const seconds = (last?.seconds ?? 0) + (performance.now() - told) / 1000;
      return fitLine({ seconds, packs, last }, length, process.stderr.columns ?? 80, colours());
    },
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false, // the fit has its own answer to Ctrl-C
  });
  bar.start(1, 0);
  return {
    update(progress) {
      if (progress.networks !== (last?.networks ?? 0)) packs += 1;
      last = progress;
      told = performance.now();
      // Drawn by its own clock too: between two packs the seconds move on.
      bar.update(packs);
    },
    stop: () => bar.stop(),
  };
}

export interface FitState {
  seconds: number;
  packs: number;
  last?: FitProgress;
}

/** Fields keep their places while numbers change; the bar takes what room is left, or none. */
export function fitLine(
  { seconds, packs, last }: FitState,
  length: FitLength,
  columns: number,
  { on, off } = { on: '', off: '' },
): string {
  const passed = `${'seconds' in length ? clock(seconds, length.seconds) : clock(seconds)} s`;
  const share = 'seconds' in length ? seconds / length.seconds : packs / length.packs;
  const parts = last ? scoreParts(last) : [heading('preparing')];
  const most = columns - 1 - echo;
  // What there is to beat goes first where the line is too long.
  while (parts.length > 1 && [passed, ...parts].join('  ').length > most) parts.pop();
  const text = parts.join('  ');
  const room = Math.min(longestBar, most - passed.length - text.length - 4);
  if (room < shortestBar) return `${passed}  ${text}`.slice(0, most);
  const done = Math.round(room * Math.min(1, share));
  return `${passed}  ${on}${'━'.repeat(done)}${off}${'─'.repeat(room - done)}  ${text}`;
}

/** The score first, then what it was made of and what it has to beat, the most telling first. */
function scoreParts({ networks, members, metrics, linear, baseline }: FitProgress): string[] {
  if (!metrics) return [heading('training')];
  const metric = heading('rmse' in metrics ? 'rmse' : 'log_loss');
  const score = (of: typeof baseline | null) => significant(of && scoreOf(of));
  return [
    `${metric} ${score(metrics)}`,
    `${heading('linear')} ${score(linear)}`,
    `${heading('baseline')} ${score(baseline)}`,
    `${heading('networks')} ${count(networks).padStart(4)}`,
    `${heading('members')} ${String(members).padStart(2)}`,
  ];
}

function clock(seconds: number, of?: number): string {
  if (of === undefined) return seconds.toFixed(0);
  const digits = of < 10 ? 1 : 0;
  const total = of.toFixed(digits);
  return `${Math.min(seconds, of).toFixed(digits).padStart(total.length)}/${total}`;
}
