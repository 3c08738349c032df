/**
 * A trial in a few words: what everyone asks about, and what differs from the defaults. The settings of the optimizer,
 * the regularisation and the schedule are named as the schema names them, so that a new one is named at once.
 */
import { trained } from '../../messages/en/training/training.ts';
import type { ChangedSetting } from '../../spec/changes.ts';
import { type Field, settingAt, trialFields } from '../../spec/fields.ts';
import type { Trial } from '../../spec/settings.ts';
import { type Message, message } from '../../util/message.ts';
import type { Outcome } from '../trainer.ts';

/** "relu/tanh, dropout 0.1, ", ready for the parameter count; activations and dropout are those of the hidden layers. */
export function networkWords({ model }: Trial): string {
  const words = [
    model.hidden.length > 0 ? joined(model.activation) : '',
    ['auto', 'identity'].includes(model.output_activation) ? '' : `output ${model.output_activation}`,
    model.hidden.length > 0 && [model.dropout].flat().some((rate) => rate > 0)
      ? `dropout ${joined(model.dropout)}`
      : '',
    model.initializer === 'auto' ? '' : model.initializer,
    model.embedding.kind === 'periodic' ? `periodic embedding of ${model.embedding.frequencies} frequencies` : '',
  ];
  return words
    .filter(Boolean)
    .map((word) => `${word}, `)
    .join('');
}

/** "adam, learning rate 0.001, l2 0.01, batch size 16, loss mse, seed 10" */
export function trainingWords(trial: Trial): string {
  const { optimizer, batch_size, loss, seed, shuffle } = trial.training;
  const regularisation = ['training.l1', 'training.l2', 'training.clip_norm', 'training.label_smoothing'];
  const unusual = trialFields
    .filter(({ path }) => path.startsWith('training.optimizer.') || regularisation.includes(path))
    .filter(({ path }) => !path.endsWith('.kind') && !path.endsWith('.learning_rate'))
    .filter((field) => differs(trial, field))
    .map((field) => words(trial, field));
  return [
    optimizer.kind,
    `learning rate ${optimizer.learning_rate}`,
    ...unusual,
    `batch size ${batch_size}`,
    `loss ${loss}`,
    `seed ${seed}`,
    ...(shuffle ? [] : ['not shuffled']),
  ].join(', ');
}

/** "cosine, warm-up 5 epochs, final share 0.1"; empty for a learning rate that stays as it is. */
export function scheduleWords(trial: Trial): string {
  const { schedule } = trial.training;
  const { kind } = schedule;
  const warmup = 'warmup' in schedule ? schedule.warmup : 0;
  if (kind === 'constant' && warmup === 0) return '';
  const settings = trialFields
    .filter(({ path, kinds }) => path.startsWith('training.schedule.') && kinds?.includes(kind))
    .filter(({ name }) => name !== 'warmup' || warmup > 0);
  return [kind, ...settings.map((field) => words(trial, field))].join(', ');
}

/** "learning_rate 0.01 → 0.003 from epoch 41 (step 1280)" */
export function changeInWords({ name, from, to, epoch, step }: ChangedSetting): string {
  return `${name} ${from ?? 'off'} → ${to ?? 'off'} from epoch ${epoch}${step === undefined ? '' : ` (step ${step})`}`;
}

/**
 * Undefined where there is nothing to say: nothing was learned, or the run diverged.
 * @param validated there were validation rows to watch
 */
export function bestEpoch(
  { best_epoch: epoch, kept_epoch, epochs_run, stopped }: Outcome,
  { training }: Trial,
  validated: boolean,
): Message | undefined {
  if (epoch === 0 || stopped === 'diverged') return undefined;
  const { monitor } = training.early_stopping || { monitor: 'validation_loss' };
  const watched = monitor === 'train_loss' || !validated ? 'training' : 'validation';
  const keeps = epoch === epochs_run ? 'last' : kept_epoch === epoch ? 'best' : 'later';
  return message(trained, 'best_epoch', { epoch, watched, keeps });
}

function differs(trial: Trial, { path, kinds, kindPath, default: start, defaults }: Field): boolean {
  const kind = String(settingAt(trial, kindPath ?? ''));
  if (kinds && !kinds.includes(kind)) return false;
  return JSON.stringify(settingAt(trial, path)) !== JSON.stringify(defaults?.[kind] ?? start);
}

/** "l2 0.01", "every 30 epochs", "nesterov" */
function words(trial: Trial, { path, label, unit }: Field): string {
  const value = settingAt(trial, path);
  const name = label.toLowerCase();
  if (typeof value === 'boolean') return value ? name : `no ${name}`;
  return [name, joined(value), value === 1 ? unit?.replace(/s$/, '') : unit].filter(Boolean).join(' ');
}

/** One value, or those of a list apart where they differ. */
function joined(value: unknown): string {
  const values = [value].flat();
  return (new Set(values).size === 1 ? values.slice(0, 1) : values).join('/');
}
