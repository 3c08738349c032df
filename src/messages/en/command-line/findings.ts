/** The founding report's findings: what is claimed, what has to be seen for it, and what was seen. */
import { inEnglish, type Said } from '../../../util/message.ts';

/** One comparison that a verdict is made of. Figures are written already, with so many digits as they are worth. */
export interface SaidCheck {
  name: Said;
  outcome: 'yes' | 'no' | 'unclear';
  numbers: Said;
}

interface Compared {
  one: string;
  two: string;
}

/** A sentence can bear so many names. */
export const mostNamed = 3;

const outcomes = { yes: 'yes', no: 'no', unclear: 'not to be told' };

const rule =
  'Holds where every comparison says so, does not hold where none does and half of them or more say the opposite, depends otherwise.';

const named = ({ name, numbers }: SaidCheck) => `${inEnglish(name)} ${inEnglish(numbers)}`;
const figures = (checks: readonly SaidCheck[]) => checks.map(({ numbers }) => inEnglish(numbers)).join(', ');

/** "yes in 2 of 3 (relu; tanh), no in 1 (sigmoid)" */
function tally(checks: readonly SaidCheck[]): string {
  const of = (outcome: SaidCheck['outcome']) => {
    const names = checks.filter((check) => check.outcome === outcome).map(({ name }) => inEnglish(name));
    const told = names.length > 0 && names.length < checks.length && names.length <= mostNamed;
    return { count: names.length, names: told ? ` (${names.join('; ')})` : '' };
  };
  const [yes, no, unclear] = [of('yes'), of('no'), of('unclear')];
  return [
    `yes in ${yes.count} of ${checks.length}${yes.names}`,
    ...(no.count > 0 ? [`no in ${no.count}${no.names}`] : []),
    ...(unclear.count > 0 ? [`not to be told from chance in ${unclear.count}`] : []),
  ].join(', ');
}

/** The first of many, or all of a few. */
function examples(checks: readonly SaidCheck[], shown: number): string {
  const words = checks.slice(0, shown).map(named).join(', ');
  return shown < checks.length ? `${words}, and so on` : words;
}

export const findings = {
  claim_close: 'With SGD the activations end close together, and relu and leaky_relu are quickest by the clock.',
  claim_batch: 'With SGD, batch size 1 beats batch size 8 on so few rows.',
  claim_epochs: 'Adam with relu gets to good parameters in fewer epochs.',
  claim_gain: 'tanh profits most from Adam.',
  claim_hinders: 'Adam sometimes hinders.',
  claim_best: 'relu with batch size 1 and SGD is best over all.',
  claim_deeper: 'Deeper networks underfit.',
  claim_theory:
    "The theory: one perceptron learns OR and not XOR, a multi-layer one does; sigmoid's gradients vanish with depth and its outputs are not zero-centred; Adam is momentum and RMSprop together.",

  criterion_close: ({ most }: { most: number }) =>
    `Close: with each batch size the mean validation RMSEs lie within ${most} % of the baseline's. Quickest: in every round of measuring, a step of both takes less time than in any round with sigmoid or tanh. ${rule}`,
  criterion_batch: `For each activation, the validation RMSE of batch 1 is below that of batch 8 (Welch's t-test, 95 %). ${rule}`,
  criterion_epochs: ({ count, most }: { count: number; most: number }) =>
    `With each batch size, Adam with relu needs fewer epochs than SGD with relu and than Adam with sigmoid or tanh to a good validation loss: at most ${count} times that of the best cell, and at most ${most} % of the baseline's (Welch's t-test, 95 %; never counts as one epoch more than allowed). ${rule}`,
  criterion_gain: `The gain is the validation RMSE with SGD less that with Adam; with each batch size, the gain of tanh is compared with that of each other activation (95 %, variances of all four means added). ${rule}`,
  criterion_hinders:
    "Holds where some cell has a higher validation RMSE with Adam than with SGD (Welch's t-test, 95 %); does not hold where Adam is better in every one; depends where none is clearly worse and not all are clearly better.",
  criterion_best:
    "Holds where its validation RMSE is below that of every other cell (Welch's t-test, 95 %); does not hold where some other cell's is below its own; depends where it is not clearly beaten and not clearly ahead of all.",
  criterion_deeper: (p: { epochs: number; layers: number; most: number; count: number }) =>
    `For each activation and optimizer, the training loss after ${p.epochs} epochs is higher with ${p.most} hidden layers than with ${p.layers} (${p.count} seeds, Welch's t-test, 95 %). ${rule}`,
  criterion_theory: ({ most, limit }: { most: number; limit: number }) =>
    `OR and XOR: by all seeds, or by none. Vanish: at the start, the first matrix between hidden layers of the deepest network has less than ${most} % of the gradient of the last one (root mean square), and with the other activations it has more. Zero-centred: the mean of a hidden layer's outputs is less than ${limit} of their standard deviation, in every layer of the deepest network at the start. Parts: momentum, RMSprop and Adam each end with a lower training loss than plain SGD (95 %). ${rule}`,

  verdict_holds: 'holds',
  verdict_fails: 'does not hold',
  verdict_depends: 'depends',
  as_published: ({ why, seen }: { why: Said; seen: Said }) => `As published: ${inEnglish(why)}. ${inEnglish(seen)}`,
  seen_close: (p: { one: string; together: readonly SaidCheck[]; checks: readonly SaidCheck[] }) =>
    `Validation RMSE by activation, baseline ${p.one}: ${figures(p.together)}. One step: ${figures(p.checks)}.`,
  seen_batch: ({ checks }: { checks: readonly SaidCheck[] }) =>
    `Batch 1 against batch 8, validation RMSE: ${tally(checks)}; ${examples(checks, checks.length <= 4 ? 4 : 3)}.`,
  seen_epochs: ({ checks }: { checks: readonly SaidCheck[] }) =>
    `Epochs to a good validation loss: ${tally(checks)}; ${examples(checks, checks.length <= 4 ? 4 : 3)}.`,
  seen_gain: ({ checks }: { checks: readonly SaidCheck[] }) =>
    `Gain of tanh in validation RMSE against that of the others: ${tally(checks)}; ${examples(checks, checks.length <= 4 ? 4 : 3)}.`,
  seen_hinders: (p: { count: number; rows: number; left: number; checks: readonly SaidCheck[] }) =>
    `Of ${p.count} pairs of cells Adam is worse in ${p.rows} and better in ${p.left}, by validation RMSE${p.checks.length > 0 ? `: ${figures(p.checks)}` : ''}.`,
  seen_best: (p: { one: string; row: number; of: number; count: number; name?: Said; two: string }) =>
    `Its validation RMSE is ${p.one}, place ${p.row} of ${p.of} by the mean; ${p.count} cells are clearly better.${p.name ? ` The lowest is ${inEnglish(p.name)} with ${p.two}.` : ''}`,
  seen_deeper: (p: { layers: number; most: number; checks: readonly SaidCheck[] }) =>
    `Training loss higher with ${p.most} hidden layers than with ${p.layers}: ${tally(p.checks)}; ${p.checks
      .slice(0, 2)
      .map(named)
      .join(', ')}, and so on.`,
  seen_theory: ({ checks }: { checks: readonly SaidCheck[] }) =>
    `${checks
      .map(({ name, outcome, numbers }) => `${inEnglish(name)}: ${outcomes[outcome]} (${inEnglish(numbers)})`)
      .join('; ')}.`,

  check_close: ({ batch }: { batch: number }) => `close, batch ${batch}`,
  check_quickest: ({ batch }: { batch: number }) => `quickest, batch ${batch}`,
  check_batch: ({ name, batch }: { name: string; batch: number }) => `${name}, batch ${batch}`,
  check_rival: ({ batch, optimizer, name }: { batch: number; optimizer: string; name: string }) =>
    `batch ${batch} against ${optimizer} with ${name}`,
  check_cell: ({ name, batch, optimizer }: { name: string; batch: number; optimizer: string }) =>
    `${name}, batch ${batch}, ${optimizer}`,
  check_trained: ({ name, batch, optimizer }: { name: string; batch: number; optimizer: string }) =>
    `${name} with ${optimizer}, batch ${batch}`,
  check_or: 'a perceptron learns OR',
  check_xor: 'a perceptron does not learn XOR',
  check_hidden_xor: 'a network with a hidden layer learns XOR',
  check_vanish: "sigmoid's gradients vanish with depth",
  check_off_centre: "sigmoid's outputs are not zero-centred",
  check_centred: "tanh's are",
  check_further: ({ name }: { name: string }) => `${name} goes further than plain SGD`,

  figures_range: ({ one, two, batch }: Compared & { batch: number }) => `${one} to ${two} with batch ${batch}`,
  figures_steps: (p: { relu: string; leaky_relu: string; sigmoid: string; tanh: string; batch: number }) =>
    `relu ${p.relu}, leaky_relu ${p.leaky_relu}, sigmoid ${p.sigmoid}, tanh ${p.tanh} ms with batch ${p.batch}`,
  figures_against: ({ one, two }: Compared) => `${one} against ${two}`,
  figures_adam: ({ one, two }: Compared) => `${one} with Adam, ${two} with SGD`,
  figures_layers: ({ one, two, layers, most }: Compared & { layers: number; most: number }) =>
    `${one} with ${layers} hidden layers, ${two} with ${most}`,
  figures_learned: ({ count, of, one }: { count: number; of: number; one: string }) =>
    `${count} of ${of} seeds, ${one} of 4 rows right`,
  figures_gradients: ({ layers, one, signals }: { layers: number; one: string; signals: readonly string[] }) =>
    `with ${layers} hidden layers the first matrix between them has ${one} of the last one's gradient, ${signals.join(', ')}`,
  figures_means: ({ one, two }: Compared) => `their means are ${one} to ${two}`,
  figures_between: ({ one, two }: Compared) => `${one} to ${two}`,
  figures_losses: ({ one, two }: Compared) => `training loss ${one} against ${two}`,
};
