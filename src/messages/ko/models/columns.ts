import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import type { columns as english } from '../../en/models/columns.ts';

export const columns: Translation<typeof english> = {
  columns_missing: ({ file, columns }) =>
    `${file}: 다른 프로그램의 신경망입니다. 열이 무엇인지 적은 ${columns}을(를) 함께 고르세요.`,
  columns_alone: ({ file }) => `${file}: 신경망의 열을 적은 파일입니다. 그 .safetensors 파일을 함께 고르세요.`,
  columns_long: ({ file, size }) => `${file}: ${whole(size)}바이트입니다. 신경망의 열은 10 MB를 넘지 않습니다.`,
  columns_not_json: ({ file, detail }) => `${file}: JSON이 아닙니다: ${detail}.`,
  columns_unreadable: ({ file, why }, say) => `${file}: 열을 알 수 없습니다: ${say(why)}`,
};
