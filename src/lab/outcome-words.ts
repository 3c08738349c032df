/** How a run ended, in the page's language: the sentences of `train/stopping.ts`, which are English. */
import { msg, str } from '@lit/localize';
import type { Outcome } from '../train/trainer.ts';
import { count } from './format.ts';
import type { History } from './history.ts';
import { inLanguage } from './language.ts';
import type { RunView } from './messages.ts';

export function outcomeInWords({ stopped, explanation }: Outcome, run: RunView, history: History): string {
  const { training } = run.trial;
  const epoch = count(history.last?.number ?? 0);
  const rate = training.optimizer.learning_rate;
  switch (stopped) {
    case 'epochs':
      return msg(str`Trained all ${count(training.epochs)} epochs.`);
    case 'early_stopping': {
      const patience = training.early_stopping?.patience;
      return run.data.sets.validation > 0 && training.early_stopping?.monitor === 'validation_loss'
        ? msg(str`Stopped after epoch ${epoch}: ${patience} epochs without a better validation loss.`)
        : msg(str`Stopped after epoch ${epoch}: ${patience} epochs without a better training loss.`);
    }
    case 'loss_plateau':
      return msg(
        str`Stopped after epoch ${epoch}: the training loss changed by no more than ${training.loss_plateau?.tolerance}.`,
      );
    case 'diverged':
      return msg(
        str`Diverged in epoch ${epoch}: the loss or a parameter is no longer a finite number. The learning rate ${rate} is probably too large; try ${Number((rate / 10).toPrecision(2))}, or check that the columns are scaled. The parameters of the last good epoch are kept.`,
      );
    default:
      return inLanguage(explanation);
  }
}
