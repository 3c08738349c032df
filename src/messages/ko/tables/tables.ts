import type { Translation } from '../../../util/message.ts';
import { percent, shown } from '../../../util/words.ts';
import type { Cell, CellText, tables as english } from '../../en/tables/tables.ts';
import { several, some, someNames } from '../words.ts';

export const cell = ({ source, row, column }: Cell) =>
  source ? `${source}의 ${row}행 ${JSON.stringify(column)} 열` : column;
export const of = ({ column }: { column: string }) => `${JSON.stringify(column)} 열`;
export const inRow = ({ row, text }: CellText) => `${row}행의 ${shown(text)}`;

const inRows = (formats: readonly { format: string; rows: number }[]) =>
  some(
    formats.map(({ format, rows }) => `${format}이(가) 행 ${several(rows)}`),
    5,
  );
const spelt = (spellings: readonly { text: string; rows: number }[], most = 4) =>
  some(
    spellings.map(({ text, rows }) => `${shown(text)}이(가) 행 ${several(rows)}`),
    most,
  );
const textsIn = ({ texts, cells }: { texts: number; cells: number }) =>
  `셀 ${several(cells)}에 서로 다른 텍스트 ${several(texts)}`;
const unlessKnown = '목표보다 먼저 알 수 있는 값이 아니라면 빼세요.';
const types = { number: '수가', integer: '정수가', date: '날짜가' };

export const tables: Translation<typeof english> = {
  column_unknown: (p) =>
    `${p.setting && `${p.setting}: `}${p.source}에는 ${JSON.stringify(p.column)} 열이 없고, 있는 열은 ${some(p.columns, 20)}입니다${p.near ? ` (혹시 ${p.near}?)` : ''}.`,
  column_not_boolean: ({ source, column }) =>
    `types: ${source}의 ${of({ column })}은 서로 다른 값이 꼭 두 개가 아니어서 boolean이 될 수 없습니다. category나 다른 종류를 고르세요.`,
  cell_of_other_type: (p) =>
    `${cell(p)}: ${shown(p.text)}은(는) 열의 종류와 달리 ${types[p.column_type]} 아닙니다. 셀을 고치거나${p.column_type === 'date' ? '(2020-03-01처럼 쓰기)' : ''} 열에 다른 종류를 주세요${p.formats.length ? ` (찾은 형식: ${inRows(p.formats)})` : ''}.`,

  unit_percent: (p) => `${of(p)}: 퍼센트 수입니다(예: ${shown(p.example)}). 12%는 0.12가 아니라 12로 읽습니다.`,
  unit_of_all: (p) => `${of(p)}: 단위가 ${shown(p.unit)}인 수입니다(예: ${shown(p.example)}).`,
  unit_of_some: (p) =>
    `${of(p)}: 셀 ${several(p.cells)} 가운데 셀 ${several(p.count)}에 단위 ${shown(p.unit)}이(가) 있습니다(예: ${shown(p.example)}). 나머지도 같은 단위로 봅니다.`,
  numbers_as_days: (p) =>
    `${of(p)}을 수로 읽었지만 ${p.example}처럼 날짜(yyyymmdd)일 수도 있습니다. 날짜라면 날짜로 읽게 하세요.`,
  numbers_in_brackets: (p) =>
    `${of(p)}: 괄호 안의 수는 음수로 읽습니다(예: ${shown(p.example)}, 셀 ${several(p.count)}).`,
  units_mixed: (p) =>
    `${of(p)}은 수의 단위가 서로 달라 텍스트로 둡니다. 단위는 바꾸지 않습니다(${spelt(
      p.units.map(({ name, rows }) => ({ text: name, rows })),
      3,
    )}). 모두 한 단위로 쓰세요.`,
  numbers_few: (p) =>
    `${of(p)}은 텍스트로 둡니다. 셀 ${several(p.cells)} 가운데 셀 ${several(p.count)}만 수여서 모자랍니다. 종류를 number로 하면 나머지는 빠진 값으로 칩니다.`,
  markers: (p) =>
    `${of(p)}: 빠진 값은 다음과 같이 쓰여 있습니다. ${some(
      p.markers.map(({ text, count }) => `${shown(text)}이(가) 셀 ${several(count)}`),
      3,
    )}.`,
  markers_of_columns: (p) =>
    `열 ${someNames(p.columns, 3)}에서 빠진 값은 ${someNames(p.names, 3)}(으)로 쓰여 있습니다(셀 ${several(p.cells)}).`,
  spellings_apart: (p) => `${of(p)}: ${spelt(p.spellings)}는 대소문자만 다르며 따로 둡니다. 뜻이 같으면 똑같이 쓰세요.`,
  spellings_merged: (p) =>
    `${of(p)}: ${spelt(p.spellings)}를 한 클래스 ${shown(p.spellings[0].text)}(으)로 봅니다. 표기 합치기를 끄면 따로 둡니다.`,
  cells_without_number: (p) =>
    `${of(p)}: 수가 아닌 셀 ${several(p.count)}를 빠진 값으로 칩니다. 예: ${p.examples.map(inRow).join(', ')}.`,
  cells_infinite: (p) =>
    `${of(p)}: 무한대인 셀 ${several(p.count)}를 빠진 값으로 칩니다(첫 셀은 ${inRow(p)}). 수로 고치거나 비워 두세요.`,

  class_rare: ({ name, share }) =>
    `클래스 ${shown(name)}은(는) 행의 ${percent(share)}입니다. 모델이 이 클래스를 한 번도 답하지 않아도 정확도에는 드러나지 않습니다. 클래스 가중치를 고르게 하세요.`,
  classes_rare: ({ classes }) =>
    `클래스 ${classes.length}개에 행이 적습니다: ${some(
      classes.map(({ name, share }) => `${shown(name)} (${percent(share)})`),
      3,
    )}. 모델이 이 클래스들을 한 번도 답하지 않아도 정확도에는 드러나지 않습니다. 클래스 가중치를 고르게 하세요.`,
  leak_equal: (p) => `${of(p)}은 모든 행에서 목표와 같습니다. ${unlessKnown}`,
  leak_codes: (p) => `${of(p)}에는 목표의 클래스마다 다른 값이 하나씩 있습니다. ${unlessKnown}`,
  leak_scaled: (p) => `${of(p)}은 다른 척도로 나타낸 목표입니다(상관계수 ${p.correlation}). ${unlessKnown}`,

  type_given: '설정에서 그렇게 정했습니다.',
  type_empty: '값이 있는 셀이 없습니다.',
  type_two_values: ({ names }) => `값은 ${names.join(', ')}뿐입니다.`,
  type_numbers: '값이 수이고, 모두 정수는 아닙니다.',
  type_whole: '값이 정수입니다.',
  type_numbering: '행에 번호를 매깁니다: 이어지는 정수가 한 번씩만 나옵니다.',
  type_identifying: '이름으로 보아 행의 식별자이고, 정수마다 한 번씩만 나옵니다.',
  type_dates: ({ format }) => `텍스트가 ${format} 형식의 날짜입니다.`,
  type_long_texts: (p) => `텍스트의 길이가 평균 ${p.length}자입니다(${textsIn(p)}).`,
  type_repeated: (p) => `텍스트가 되풀이됩니다: ${textsIn(p)}.`,
  type_short: (p) => `텍스트가 짧고 일부가 되풀이됩니다: ${textsIn(p)}.`,
  type_words: (p) => `텍스트가 여러 단어이고 거의 되풀이되지 않습니다: ${textsIn(p)}.`,
  type_codes: (p) => `텍스트가 단어 하나나 코드이고 거의 되풀이되지 않습니다: ${textsIn(p)}.`,
  type_unclear: (p, say) => `${of(p)}: ${say(p.why)}`,
  dates_few: ({ formats, text }) =>
    `날짜인 셀이 많지만 날짜 열로 보기에는 모자랍니다(${inRows(formats)}). 날짜가 아닌 것의 예: ${shown(text)}.`,
  dates_unclear: ({ formats, either, count, odd_text }) =>
    [
      formats.length > 1 ? `날짜가 여러 형식으로 쓰여 있습니다. ${inRows(formats)}.` : '',
      either ? '12를 넘는 날이 없어 월/일인지 일/월인지 알 수 없습니다. 월/일로 봅니다.' : '',
      odd_text === undefined ? '' : `날짜가 아닌 셀은 빠진 값으로 칩니다(${several(count)}, 예: ${shown(odd_text)}).`,
    ]
      .filter(Boolean)
      .join(' '),
};
