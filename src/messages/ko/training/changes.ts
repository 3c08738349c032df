import type { Translation } from '../../../util/message.ts';
import type { changes as english } from '../../en/training/changes.ts';

export const changes: Translation<typeof english> = {
  change_unreadable: ({ text, names }) =>
    `변경 목록: "${text}"은(는) 변경이 아닙니다. l2:0.01@1280처럼 설정:값@스텝으로 쓰세요. 설정은 ${names.join(', ')}.`,
  change_not_off: ({ text, name }) => `변경 목록: "${text}": ${name}은(는) 끌 수 없습니다. 수를 적으세요.`,
  change_twice: ({ name, step }) => `변경 목록: ${name}이(가) ${step}번째 스텝에 두 번 있습니다. 한 번만 적으세요.`,
};
