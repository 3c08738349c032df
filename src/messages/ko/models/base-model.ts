import type { Translation } from '../../../util/message.ts';
import { shown } from '../../../util/words.ts';
import type { baseModel as english } from '../../en/models/base-model.ts';

export const baseModel: Translation<typeof english> = {
  base_missing: ({ name }) =>
    `이어받을 모델 ${shown(name)}이(가) 더는 보관되어 있지 않습니다. 예측에서 그 파일을 불러와 "이 모델에서 이어서 학습"을 고르세요.`,
  base_left: ({ name, file, why }, say) =>
    `${file}은(는) 모델 ${shown(name)}에서 이어서 학습할 수 없어 처음부터 학습합니다. ${say(why)}`,
};
