/** Models that runs of the page go on from. */
import { inEnglish, type Said } from '../../../util/message.ts';
import { shown } from '../../../util/words.ts';

export const baseModel = {
  base_missing: ({ name }: { name: string }) =>
    `The model ${shown(name)} that it goes on from is not kept any more; load its file under Predict and choose "Train on from this model".`,
  base_left: ({ name, file, why }: { name: string; file: string; why: Said }) =>
    `going on from the model ${shown(name)} with ${file}, which is trained from the beginning. ${inEnglish(why)}`,
};
