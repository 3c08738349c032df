import type { Translation } from '../../../util/message.ts';
import type { settings as english } from '../../en/training/settings.ts';
import { list, several } from '../words.ts';

/** Sentences end before their full stop: what stands in brackets comes first. */
function about(p: { setting: string; default?: string | null; near?: string }, said: string): string {
  const place = p.setting && `${p.setting}: `;
  if (p.near) return `${place}${said} (혹시 ${p.near}?).`;
  return `${place}${said}${p.default === null ? ' (비우면 꺼짐)' : p.default === undefined ? '' : ` (기본값 ${p.default})`}.`;
}

const kinds: Record<string, string> = {
  finite: '유한한 수',
  int: '정수',
  number: '수',
  string: '텍스트',
  boolean: '참이나 거짓',
  array: '목록',
  tuple: '목록',
  object: '설정의 묶음',
};
const kind = (type: string) => kinds[type] ?? type;

export const settings: Translation<typeof english> = {
  list_too_short: (p) => about(p, `값을 ${several(p.count)} 이상 주세요`),
  list_too_long: (p) => about(p, `값을 ${several(p.count)} 이하로 주세요`),
  setting_empty: (p) => about(p, '비어 있지 않은 값을 주세요'),
  text_too_long: (p) => about(p, `글자를 ${several(p.count)} 이하로 써 주세요`),
  setting_too_small: (p) =>
    about(p, `${p.input}은(는) 너무 작습니다. ${p.bound}${p.inclusive ? ' 이상의' : '보다 큰'} 값을 주세요`),
  setting_too_large: (p) =>
    about(p, `${p.input}은(는) 너무 큽니다. ${p.bound}${p.inclusive ? ' 이하의' : '보다 작은'} 값을 주세요`),
  setting_missing: (p) => about(p, `빠져 있습니다. 필요한 값: ${kind(p.type)}`),
  setting_of_kind: (p) =>
    about(p, `${p.input}은(는) ${kind(p.type)}${/(수|텍스트)$/.test(kind(p.type)) ? '가' : '이'} 아닙니다`),
  setting_unknown: (p) => about(p, `${p.input}은(는) 알 수 없는 값입니다`),
  choice_missing: (p) => about(p, `빠져 있습니다. ${list(p.choices)} 중에서 고르세요`),
  choice_unknown: (p) => about(p, `${p.input}은(는) 알 수 없는 값입니다. ${list(p.choices)} 중에서 고르세요`),
  name_unknown: (p) =>
    about(p, p.near ? `\`${p.name}\`(이)라는 설정은 없습니다` : `여기에는 \`${p.name}\` 설정이 없습니다`),
  name_of_others: (p) => about(p, `${p.chosen}에는 \`${p.name}\` 설정이 없습니다. ${list(p.choices)}의 설정입니다`),
  shares_too_large: (p) => about(p, '학습, 검증, 테스트 비율의 합이 1을 넘습니다'),
  group_and_time: (p) => about(p, '그룹 열과 시간 열이 함께 행을 나눌 수는 없습니다. 하나만 주세요'),
  layers_differ: (p) =>
    about(p, `은닉층은 ${p.layers}개인데 값은 ${p.count}개입니다. 모든 층에 하나, 또는 층마다 하나씩 주세요`),
  delimiter_unfit: (p) =>
    about(p, `${p.input}(으)로는 셀을 나눌 수 없습니다. 쉼표, 탭(tab), 공백(space) 같은 것을 주세요`),
  comment_unfit: (p) => about(p, `${p.input}(으)로는 주석을 시작할 수 없습니다. # 같은 표시를 주세요`),
  marks_equal: (p) => about(p, '소수점이기도 합니다. 다른 것을 주세요'),
  range_empty: (p) => about(p, '시작은 끝보다 작아야 합니다'),
  range_not_log: (p) => about(p, '로그 척도는 0보다 큰 수에서 시작합니다'),
  targets_of_other_task: (p) => about(p, '과제에 맞지 않습니다'),
  list_not_rising: (p) => about(p, '값이 커지는 순서여야 합니다'),
  date_format_unknown: (p) => about(p, '날짜 형식이 아닙니다'),
  numbers_not_rising: (p) => about(p, '숫자가 작은 것부터 차례로 커져야 합니다'),
  json_too_deep: ({ limit }) => `묶음 안의 묶음이 ${limit}겹을 넘습니다.`,
  json_name_twice: ({ name }) => `\`${name}\`이(가) 한 묶음에 두 번 있습니다. 하나만 남기세요.`,
  json_name_barred: ({ name }) => `\`${name}\`(이)라는 이름은 쓸 수 없습니다.`,
};
