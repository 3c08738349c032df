/** Findings g and h: what depth does, and whether the theory shows in the numbers. */

import { findings, type SaidCheck } from '../messages/en/command-line/findings.ts';
import { message } from '../util/message.ts';
import { formatShort, formatSpread } from './format.ts';
import type { DepthStudy, Finding, LayerSignals, Theory } from './report.ts';
import { foundingActivations } from './report.ts';
import { findingOf, lower, verdictOf } from './verdicts.ts';

/** The experiment's own depth. */
const own = 2;
/** The gradient of the first matrix between hidden layers is this small a share of the last one's when it vanishes. */
const vanished = 0.01;
/** Outputs are zero-centred when their mean is this small beside their spread about it. */
const centred = 0.5;

export function depthFinding({ cells, epochs, seeds }: DepthStudy): Finding {
  const deepest = Math.max(...cells.map(({ layers }) => layers));
  const combinations = cells.filter(({ layers }) => layers === own);
  const checks = combinations.map(({ activation, optimizer, batch_size, train_loss }): SaidCheck => {
    const deep = cells.find(
      (cell) => cell.activation === activation && cell.optimizer === optimizer && cell.layers === deepest,
    );
    if (!deep) throw new Error(`${activation} was not trained with ${deepest} layers`);
    return {
      name: message(findings, 'check_trained', { name: activation, optimizer, batch: batch_size }),
      outcome: lower(train_loss, deep.train_loss),
      numbers: message(findings, 'figures_layers', {
        one: formatSpread(train_loss),
        two: formatSpread(deep.train_loss),
        layers: own,
        most: deepest,
      }),
    };
  });
  const depths = { layers: own, most: deepest };
  return findingOf({
    id: 'g',
    claim: message(findings, 'claim_deeper'),
    criterion: message(findings, 'criterion_deeper', { ...depths, epochs, count: seeds.length }),
    checks,
    verdict: verdictOf(checks),
    numbers: message(findings, 'seen_deeper', { ...depths, checks }),
  });
}

export function theoryFinding(theory: Theory): Finding {
  const checks = [...gateChecks(theory), ...signalChecks(theory.layers), ...partChecks(theory)];
  return findingOf({
    id: 'h',
    claim: message(findings, 'claim_theory'),
    criterion: message(findings, 'criterion_theory', { most: 100 * vanished, limit: centred }),
    checks,
    verdict: verdictOf(checks),
    numbers: message(findings, 'seen_theory', { checks }),
  });
}

function gateChecks({ gates }: Theory): SaidCheck[] {
  const claims = [
    { gate: 'or', network: 'perceptron', learns: true, name: 'check_or' },
    { gate: 'xor', network: 'perceptron', learns: false, name: 'check_xor' },
    { gate: 'xor', network: 'mlp', learns: true, name: 'check_hidden_xor' },
  ] as const;
  return claims.flatMap(({ gate, network, learns, name }) => {
    const result = gates.find((known) => known.gate === gate && known.network === network);
    if (!result) return [];
    const { n, learned, rows_right } = result;
    const wanted = learns ? n : 0;
    const opposite = learns ? 0 : n;
    return {
      name: message(findings, name),
      outcome: learned === wanted ? 'yes' : learned === opposite ? 'no' : 'unclear',
      numbers: message(findings, 'figures_learned', { count: learned, of: n, one: formatShort(rows_right.mean) }),
    } as const;
  });
}

function signalChecks(signals: readonly LayerSignals[]): SaidCheck[] {
  const deepest = Math.max(...signals.map(({ layers }) => layers));
  const atStart = foundingActivations.flatMap(
    (activation) =>
      signals.find((known) => known.activation === activation && known.layers === deepest && known.when === 'start') ??
      [],
  );
  const sigmoid = atStart.find(({ activation }) => activation === 'sigmoid');
  if (!sigmoid || deepest < 2) return [];
  const others = atStart.filter((known) => known !== sigmoid);
  const least = Math.min(...others.map(keptShare));
  const shares = others.map((known) => `${known.activation} ${formatShort(keptShare(known))}`);
  return [
    {
      name: message(findings, 'check_vanish'),
      outcome: keptShare(sigmoid) < vanished && keptShare(sigmoid) < least ? 'yes' : 'no',
      numbers: message(findings, 'figures_gradients', {
        layers: deepest,
        one: formatShort(keptShare(sigmoid)),
        signals: shares,
      }),
    },
    {
      name: message(findings, 'check_off_centre'),
      outcome: offCentre(sigmoid) >= centred ? 'yes' : 'no',
      numbers: message(findings, 'figures_means', rangeOf(sigmoid.activation_mean)),
    },
    ...others
      .filter(({ activation }) => activation === 'tanh')
      .map(
        (tanh): SaidCheck => ({
          name: message(findings, 'check_centred'),
          outcome: offCentre(tanh) < centred ? 'yes' : 'no',
          numbers: message(findings, 'figures_between', rangeOf(tanh.activation_mean)),
        }),
      ),
  ];
}

/** Of matrices between hidden layers, which are alike: the first layer sees x itself, and the last one is the output. */
function keptShare({ gradient_rms, layers }: LayerSignals): number {
  return gradient_rms[Math.min(1, layers - 1)] / gradient_rms[layers - 1];
}

/** Mean over spread of the layer that is furthest from zero. */
function offCentre({ activation_mean, activation_sd }: LayerSignals): number {
  return Math.max(...activation_mean.map((mean, layer) => Math.abs(mean) / Math.max(activation_sd[layer], 1e-12)));
}

/** From the least to the largest. */
function rangeOf(values: readonly number[]): { one: string; two: string } {
  return { one: formatShort(Math.min(...values)), two: formatShort(Math.max(...values)) };
}

function partChecks({ optimizers: { runs } }: Theory): SaidCheck[] {
  const plain = runs.find(({ name }) => name === 'sgd');
  if (!plain) return [];
  return runs
    .filter((run) => run !== plain)
    .map(({ name, train_loss }) => ({
      name: message(findings, 'check_further', { name }),
      outcome: lower(train_loss, plain.train_loss),
      numbers: message(findings, 'figures_losses', {
        one: formatSpread(train_loss),
        two: formatSpread(plain.train_loss),
      }),
    }));
}
