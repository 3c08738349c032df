import type { Translation } from '../../util/message.ts';
import type { lessons as english } from '../en/lessons.ts';
import { list } from './words.ts';

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;

export const lessons: Translation<typeof english> = {
  lesson_refused: ({ file, why }, say) => `수업 ${file}을(를) 열지 않았습니다: ${say(why)}`,
  lesson_step: ({ step, why }, say) => `${step}단계, ${say(why)}`,
  lesson_too_large: ({ bytes, limit }) => `크기가 ${megabytes(bytes)}입니다. 수업은 ${megabytes(limit)}까지 됩니다.`,
  lesson_not_json: 'JSON이 아닙니다.',
  lesson_not_json_at: ({ line, place }) => `${line}행 ${place}번째 글자부터 JSON이 아닙니다.`,
  lesson_table: ({ choices }) => `table: ${list(choices)} 중 하나를 주세요.`,
  lesson_text_alone: 'table.text: 표의 이름인 table.file이 필요합니다.',
  lesson_generate_alone: 'table.generate: 수식으로 만드는 예제에만 있습니다.',
  lesson_score: 'wait.at_least: at_least와 at_most 중 하나만 주세요.',
  lesson_unknown: ({ name, choices }) =>
    `\`${name}\`(이)라는 수업은 없습니다. ${list(choices)} 중에서 고르거나 파일의 주소를 주세요.`,
  lesson_elsewhere: ({ address }) =>
    `${address}은(는) 이 페이지와 다른 호스트에 있습니다. 이 페이지는 다른 호스트에 아무것도 요청하지 않습니다.`,
  lesson_unfetched: ({ address, why }, say) => `${address}을(를) 가져오지 못했습니다(${say(why)}).`,
};
