/** What a fit knows, as its report wants it. Loaded when there is a report to write, and not before. */
import type { TargetStep } from '../data/prepare/dataset.ts';
import { inverseScale } from '../data/prepare/preprocessing.ts';
import type { Notice } from '../data/table/notices.ts';
import { columnLabel, unitOfStep } from '../data/table/quantity.ts';
import type { Table } from '../data/table/table.ts';
import type { Origin } from '../html/appendix.ts';
import { dataFacts } from '../html/data-facts.ts';
import { fitReport } from '../html/fit-report.ts';
import { curveOf, numberTargets, type PairsPicture, type Picture } from '../html/picture.ts';
import { type Intervals, intervalsAt } from '../model/intervals.ts';
import { forwardRows } from '../model/model.ts';
import type { FitSettings } from '../spec/fit-settings.ts';
import { count, counted } from '../util/thousands.ts';
import { calibrationFacts, membersFacts, scoreOf } from './fit-json.ts';
import type { FitResult } from './result.ts';

export interface Fitted {
  file: string;
  rows: Table;
  settings: FitSettings;
  result: FitResult;
  interrupted: boolean;
  notices: Notice[];
  /** What made it; its command repeats it. */
  origin: Omit<Origin, 'plans' | 'seconds'>;
  /** The command as it was given. */
  asked?: string;
}

export async function fitPage(fitted: Fitted): Promise<string> {
  const { file, rows, settings, result, interrupted, notices, origin, asked } = fitted;
  const { data, dataSettings, heldOut, metrics, linear, baseline, test, plan } = result;
  const calibration = calibrationFacts(result);
  const unit = unitOfStep(data.preprocessing.targets[0]);
  const coverage = test?.intervals?.coverage;
  return fitReport({
    data: { ...dataFacts(file, rows, data, dataSettings, notices), sharing: sharing(result) },
    scores: {
      target: dataSettings.target,
      ...(unit ? { unit } : {}),
      folds: plan.folds,
      heldOut: { rows: heldOut.rows.length, metrics, linear, baseline },
      test: test && { rows: test.rows, metrics: test.metrics, ...(coverage === undefined ? {} : { coverage }) },
      calibration,
    },
    verdict: result.verdict,
    interrupted,
    steps: result.progress.map(({ metrics: own, ...step }) => ({ ...step, score: own && scoreOf(own) })),
    members: membersFacts(result).map(({ optimizer: _, seed: __, parameters: ___, ...facts }) => {
      return { ...facts, activation: String(facts.activation) };
    }),
    networks: result.networks,
    diverged: result.diverged,
    settings: { data: dataSettings, fit: { ...settings, plan } },
    pictures: await picturesOf(result),
    model: result.model,
    origin: { ...origin, plans: [], seconds: result.seconds },
    ...(asked ? { asked } : {}),
  });
}

function sharing({ data, heldOut, plan }: FitResult): string {
  const { train, test } = data.sets;
  const held =
    plan.folds > 1
      ? `${count(train.length)} train in ${plan.folds} turns, in each of which one part is held out`
      : `${count(train.length - heldOut.rows.length)} train and ${count(heldOut.rows.length)} are held out`;
  const tested = test.length > 0 ? `, and ${counted(test.length, 'row')} are for test` : '';
  return `${held}${tested}. Scaling and imputation were fitted on all of these${test.length > 0 ? ' but the test rows' : ''}.`;
}

/** The curve over one input, where there is one; predicted against actual of the held-out rows. */
async function picturesOf(result: FitResult): Promise<Picture[]> {
  const { data, model } = result;
  if (data.preprocessing.task !== 'regression') return [];
  const intervals = intervalsAt(model);
  const [step] = numberTargets(data);
  const outputs: Float32Array[] = [];
  const curve = await curveOf(data, (features, rows) => {
    const found = forwardRows(model, features, rows);
    outputs.push(found);
    return found;
  });
  if (!curve) return [heldOutPairs(result, intervals)];
  if (intervals) {
    const half = intervals.halfWidths[0];
    const at = (distance: number) => Float64Array.from(outputs[0], (output) => inverseScale(step, output + distance));
    curve.band = { level: intervals.level, low: at(-half), high: at(half) };
  }
  return [curve, heldOutPairs(result, intervals)];
}

/** Places along the answers where the ends of intervals are drawn. */
const places = 41;

function heldOutPairs({ data, heldOut }: FitResult, intervals: Intervals | undefined): PairsPicture {
  const { rows, outputs } = heldOut;
  const width = data.outputs;
  return {
    kind: 'pairs',
    set: 'held_out',
    targets: numberTargets(data).map((step, target) => {
      const own = Float32Array.from(rows, (_, place) => outputs[place * width + target]);
      return {
        name: columnLabel(step),
        actual: Float64Array.from(rows, (row) => inverseScale(step, data.targets[row * width + target])),
        predicted: Float64Array.from(own, (output) => inverseScale(step, output)),
        ...(intervals ? { bounds: boundsOf(step, own, intervals, target) } : {}),
      };
    }),
  };
}

function boundsOf(step: NumberTarget, outputs: Float32Array, { level, halfWidths }: Intervals, target: number) {
  const low = outputs.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = outputs.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const at = (distance: number) =>
    Float64Array.from({ length: places }, (_, i) =>
      inverseScale(step, low + ((high - low) * i) / (places - 1) + distance),
    );
  return { level, predicted: at(0), low: at(-halfWidths[target]), high: at(halfWidths[target]) };
}

type NumberTarget = Extract<TargetStep, { kind: 'number' }>;
