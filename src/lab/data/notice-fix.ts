/** What a notice advises, as a change of the controls: a person who takes it can take it back like any other change. */
import type { NoticeFix, SettingFix } from '../../data/table/notices.ts';
import { text } from '../i18n/text.ts';
import { type Form, type FormPath, isFixed, valueAt } from '../shared/form.ts';
import { count, typed } from '../shared/format.ts';
import type { Controls } from '../trainer/controls.ts';
import { columnChanges } from './column-choice.ts';

const earlyStopping: FormPath = 'trial.training.early_stopping';
const numbers: Record<'dropout' | 'epochs', FormPath> = {
  dropout: 'trial.model.dropout',
  epochs: 'trial.training.epochs',
};

/** What its button says. */
export function fixWords(fix: NoticeFix): string {
  if ('command' in fix) return text.run.fit.find;
  switch (fix.setting) {
    case 'ignore':
      return text.data.leaveItOut;
    case 'types':
      return text.data.readAs(text.data.types[fix.value]);
    case 'task':
      return fix.value === 'regression' ? text.data.predictNumber : text.data.predictClasses;
    case 'class_weights':
      return text.data.balanceClasses;
    case 'early_stopping':
      return text.data.stopEarly;
    case 'dropout':
      return text.data.raiseDropout(typed(fix.value));
    case 'epochs':
      return text.data.trainLonger(count(fix.value));
  }
}

/** Whether it is about a setting that is not to be chosen, as it follows from a model. */
export function isBeyondChoice(form: Form, fix: NoticeFix): boolean {
  if ('command' in fix) return false;
  const ofTrial: Partial<Record<SettingFix['setting'], FormPath>> = { ...numbers, early_stopping: earlyStopping };
  return isFixed(form, ofTrial[fix.setting] ?? `data.${fix.setting}`);
}

/** Whether the controls say so already. */
export function isDone({ data, ...form }: Form, fix: NoticeFix): boolean {
  if ('command' in fix) return false;
  switch (fix.setting) {
    case 'ignore':
      return data.ignore?.includes(fix.column) ?? false;
    case 'types':
      return data.types?.[fix.column] === fix.value;
    case 'early_stopping':
      return Boolean(valueAt({ data, ...form }, earlyStopping));
    case 'dropout':
    case 'epochs':
      return valueAt({ data, ...form }, numbers[fix.setting]) === fix.value;
    default:
      return data[fix.setting] === fix.value;
  }
}

export function applyFix(controls: Controls, fix: SettingFix): void {
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
    case 'dropout':
    case 'epochs':
      controls.change(numbers[fix.setting], fix.value);
      break;
    default:
      controls.change(`data.${fix.setting}`, fix.value);
  }
}
