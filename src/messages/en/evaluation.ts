/** What is found out about a trained model, and why it cannot be. */

export const evaluation = {
  overfitted: (p: { epoch: number; epochs: number; best_loss: string; last_loss: string; advice: Advice }) =>
    `Validation got worse from epoch ${p.epoch} of ${p.epochs}: its loss was ${p.best_loss} there and ${p.last_loss} at the end. ${advice[p.advice]}.`,
  importance_rows: ({ count }: { count: number }) =>
    `Importance needs at least 2 rows to shuffle, and there is ${count}.`,
  not_learned_from: ({ column }: { column: string }) => `The model learns from no column ${JSON.stringify(column)}.`,
};

const advice = {
  stop: 'Stop early, which keeps the best epoch',
  monitor: 'Set early_stopping.monitor to validation_loss',
  restore: 'Set early_stopping.restore_best to true',
};

type Advice = keyof typeof advice;
