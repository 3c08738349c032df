/** What a notice advises, as a change of the controls: a person who takes it can take it back like any other change. */
import { msg, str } from '@lit/localize';
import type { NoticeFix } from '../data/table/notices.ts';
import { columnChanges } from './column-choice.ts';
import { typeWords } from './column-words.ts';
import type { Controls } from './controls.ts';
import { type Form, type FormPath, valueAt } from './form.ts';

const earlyStopping: FormPath = 'trial.training.early_stopping';

/** What its button says. */
export function fixWords(fix: NoticeFix): string {
  switch (fix.setting) {
    case 'ignore':
      return msg('Leave it out');
    case 'types':
      return msg(str`Read as ${typeWords(fix.value)}`);
    case 'task':
      return fix.value === 'regression' ? msg('Predict a number') : msg('Predict classes');
    case 'class_weights':
      return msg('Balance the classes');
    case 'early_stopping':
      return msg('Stop early');
  }
}

/** Whether the controls say so already. */
export function isFixed({ data, ...form }: Form, fix: NoticeFix): boolean {
  switch (fix.setting) {
    case 'ignore':
      return data.ignore?.includes(fix.column) ?? false;
    case 'types':
      return data.types?.[fix.column] === fix.value;
    case 'early_stopping':
      return valueAt({ data, ...form }, earlyStopping) !== undefined;
    default:
      return data[fix.setting] === fix.value;
  }
}

export function applyFix(controls: Controls, fix: NoticeFix): void {
  switch (fix.setting) {
    case 'ignore':
      controls.changeAll(columnChanges(controls.form.data, fix.column, 'ignore'));
      break;
    case 'types':
      controls.changeAll(columnChanges(controls.form.data, fix.column, fix.value));
      break;
    case 'early_stopping':
      controls.switchGroup(earlyStopping, true);
      break;
    default:
      controls.change(`data.${fix.setting}`, fix.value);
  }
}
