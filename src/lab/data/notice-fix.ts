/** What a notice advises, as a change of the controls: a person who takes it can take it back like any other change. */
import type { NoticeFix } from '../../data/table/notices.ts';
import { text } from '../i18n/text.ts';
import { type Form, type FormPath, valueAt } from '../shared/form.ts';
import type { Controls } from '../trainer/controls.ts';
import { columnChanges } from './column-choice.ts';

const earlyStopping: FormPath = 'trial.training.early_stopping';

/** What its button says. */
export function fixWords(fix: NoticeFix): string {
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
      return Boolean(valueAt({ data, ...form }, earlyStopping));
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
