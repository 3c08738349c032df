/** Findings g and h: what depth does, and whether the theory shows in the numbers. */

import { formatShort, formatSpread } from './format.ts';
import type { Check, DepthStudy, Finding, LayerSignals, Theory } from './report.ts';
import { foundingActivations } from './report.ts';
import { lower, tally, verdictOf, verdictRule } from './verdicts.ts';

const outcomeWords = { yes: 'yes', no: 'no', unclear: 'not to be told' };

/** The experiment's own depth. */
const own = 2;
/** The gradient of the first matrix between hidden layers is this small a share of the last one's when it vanishes. */
const vanished = 0.01;
/** Outputs are zero-centred when their mean is this small beside their spread about it. */
const centred = 0.5;

export function depthFinding({ cells, epochs, seeds }: DepthStudy): Finding {
  const deepest = Math.max(...cells.map(({ layers }) => layers));
  const combinations = cells.filter(({ layers }) => layers === own);
  const checks = combinations.map(({ activation, optimizer, batch_size, train_loss }): Check => {
    const deep = cells.find(
      (cell) => cell.activation === activation && cell.optimizer === optimizer && cell.layers === deepest,
    );
    if (!deep) throw new Error(`${activation} was not trained with ${deepest} layers`);
    return {
      name: `${activation} with ${optimizer}, batch ${batch_size}`,
      outcome: lower(train_loss, deep.train_loss),
      numbers: `${formatSpread(train_loss)} with ${own} hidden layers, ${formatSpread(deep.train_loss)} with ${deepest}`,
    };
  });
  return {
    id: 'g',
    claim: 'Deeper networks underfit.',
    criterion: `For each activation and optimizer, the training loss after ${epochs} epochs is higher with ${deepest} hidden layers than with ${own} (${seeds.length} seeds, Welch's t-test, 95 %). ${verdictRule}`,
    checks,
    verdict: verdictOf(checks),
    numbers: `Training loss higher with ${deepest} hidden layers than with ${own}: ${tally(checks)}; ${checks
      .slice(0, 2)
      .map(({ name, numbers }) => `${name} ${numbers}`)
      .join(', ')}, and so on.`,
  };
}

export function theoryFinding(theory: Theory): Finding {
  const checks = [...gateChecks(theory), ...signalChecks(theory.layers), ...partChecks(theory)];
  return {
    id: 'h',
    claim:
      "The theory: one perceptron learns OR and not XOR, a multi-layer one does; sigmoid's gradients vanish with depth and its outputs are not zero-centred; Adam is momentum and RMSprop together.",
    criterion: `OR and XOR: by all seeds, or by none. Vanish: at the start, the first matrix between hidden layers of the deepest network has less than ${100 * vanished} % of the gradient of the last one (root mean square), and with the other activations it has more. Zero-centred: the mean of a hidden layer's outputs is less than ${centred} of their standard deviation, in every layer of the deepest network at the start. Parts: momentum, RMSprop and Adam each end with a lower training loss than plain SGD (95 %). ${verdictRule}`,
    checks,
    verdict: verdictOf(checks),
    numbers: `${checks
      .map(({ name, outcome, numbers }) => `${name}: ${outcomeWords[outcome]} (${numbers})`)
      .join('; ')}.`,
  };
}

function gateChecks({ gates }: Theory): Check[] {
  const claims = [
    { gate: 'or', network: 'perceptron', learns: true, name: 'a perceptron learns OR' },
    { gate: 'xor', network: 'perceptron', learns: false, name: 'a perceptron does not learn XOR' },
    { gate: 'xor', network: 'mlp', learns: true, name: 'a network with a hidden layer learns XOR' },
  ];
  return claims.flatMap(({ gate, network, learns, name }) => {
    const result = gates.find((known) => known.gate === gate && known.network === network);
    if (!result) return [];
    const { n, learned, rows_right } = result;
    const wanted = learns ? n : 0;
    const opposite = learns ? 0 : n;
    return {
      name,
      outcome: learned === wanted ? 'yes' : learned === opposite ? 'no' : 'unclear',
      numbers: `${learned} of ${n} seeds, ${formatShort(rows_right.mean)} of 4 rows right`,
    } as const;
  });
}

function signalChecks(signals: readonly LayerSignals[]): Check[] {
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
  const words = others.map((known) => `${known.activation} ${formatShort(keptShare(known))}`).join(', ');
  return [
    {
      name: "sigmoid's gradients vanish with depth",
      outcome: keptShare(sigmoid) < vanished && keptShare(sigmoid) < least ? 'yes' : 'no',
      numbers: `with ${deepest} hidden layers the first matrix between them has ${formatShort(keptShare(sigmoid))} of the last one's gradient, ${words}`,
    },
    {
      name: "sigmoid's outputs are not zero-centred",
      outcome: offCentre(sigmoid) >= centred ? 'yes' : 'no',
      numbers: `their means are ${rangeWords(sigmoid.activation_mean)}`,
    },
    ...others
      .filter(({ activation }) => activation === 'tanh')
      .map(
        (tanh): Check => ({
          name: "tanh's are",
          outcome: offCentre(tanh) < centred ? 'yes' : 'no',
          numbers: rangeWords(tanh.activation_mean),
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

/** "0.49 to 0.5" */
function rangeWords(values: readonly number[]): string {
  return `${formatShort(Math.min(...values))} to ${formatShort(Math.max(...values))}`;
}

function partChecks({ optimizers: { runs } }: Theory): Check[] {
  const plain = runs.find(({ name }) => name === 'sgd');
  if (!plain) return [];
  return runs
    .filter((run) => run !== plain)
    .map(({ name, train_loss }) => ({
      name: `${name} goes further than plain SGD`,
      outcome: lower(train_loss, plain.train_loss),
      numbers: `training loss ${formatSpread(train_loss)} against ${formatSpread(plain.train_loss)}`,
    }));
}
