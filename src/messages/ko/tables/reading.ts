import type { Translation } from '../../../util/message.ts';
import { shown } from '../../../util/words.ts';
import { gigabytes } from '../../en/engines/engines.ts';
import type { reading as english } from '../../en/tables/reading.ts';
import { several, some, someNames } from '../words.ts';

const at = ({ source, row }: { source: string; row: number }) => `${source}의 ${row}행`;
const saveAsCsv = '먼저 표를 CSV(쉼표로 구분)로 저장하세요';

const numberOrText = (value: number | null) => (value === null ? '텍스트' : String(value));
const readAs = (header: boolean) =>
  header
    ? '열 이름으로 읽었으며, 머리글 옵션으로 바꿀 수 있습니다.'
    : '데이터로 읽었으며, 머리글 옵션으로 바꿀 수 있습니다.';

export const reading: Translation<typeof english> = {
  file_unreadable: ({ source, cause }) => `${source}을(를) 더는 읽을 수 없습니다(${cause}). 파일을 다시 고르세요.`,
  gzip_damaged: ({ source }) =>
    `${source}은(는) gzip으로 압축되었지만 손상되었거나 잘렸습니다. 먼저 압축을 풀거나 다시 받으세요.`,
  file_not_text: ({ source }) => `${source}은(는) 텍스트 파일이 아닙니다. ${saveAsCsv}.`,
  file_xml: ({ source }) => `${source}은(는) 표가 아니라 XML 파일입니다. ${saveAsCsv}.`,
  file_yaml: ({ source }) => `${source}은(는) 표가 아니라 YAML 파일입니다. ${saveAsCsv}.`,
  file_empty: ({ source }) => `${source}이(가) 비어 있습니다. 열 이름이 있는 머리글 행과 숫자 행을 주세요.`,
  file_without_rows: ({ source }) => `${source}에는 머리글 행만 있고 그 아래에 아무것도 없습니다. 숫자 행을 더하세요.`,
  encoding_unknown: ({ encoding }) =>
    `인코딩 ${JSON.stringify(encoding)}을(를) 알 수 없습니다. utf-8, utf-16le, utf-16be, euc-kr(cp949), windows-1252나 shift_jis 같은 Encoding Standard의 다른 이름을 주세요.`,
  encoding_wrong: ({ source, encoding }) =>
    `${source} 전체가 ${encoding.toUpperCase()} 텍스트는 아닙니다. 표를 "CSV UTF-8"로 다시 저장하거나 euc-kr, windows-1252 같은 인코딩 이름을 주세요.`,
  encoding_guessed: ({ encoding }) =>
    `텍스트가 UTF-8이 아니어서 ${encoding}(으)로 읽었습니다. 글자가 깨져 보이면 인코딩을 주세요.`,
  block_size: ({ size }) => `blockSize: ${size}입니다. 1 이상의 정수를 주세요.`,
  nothing_to_skip: ({ source }) => `skip: ${source}에는 이름 위에 행이 없습니다. skip을 빼세요.`,

  quote_open: (place) =>
    `${at(place)}: 셀을 여는 따옴표(")가 제대로 닫히지 않습니다. 다음 구분자 앞에서 닫거나, 텍스트에 속한 따옴표는 두 번 쓰세요.`,
  row_too_long: (place) =>
    `${at(place)}: 16 MB보다 긴데, 그렇게 긴 표의 행은 없습니다. 줄바꿈이 있는 표 파일인지 확인하세요.`,
  row_width: ({ cells, width, ...place }) =>
    `${at(place)}: 셀 ${several(cells)}가 있는데 첫 행에는 ${width}개가 있습니다. 행을 고치고, 구분자가 든 셀은 따옴표로 묶으세요.`,
  rows_short: ({ source, most, width, rows }) =>
    `${source}: ${some(rows.map(String), 3)}행처럼 첫 행(${width}개)보다 셀이 적은 행이 ${several(most)}보다 많습니다. 고치거나 max_short_rows를 더 크게 주세요.`,
  rows_completed: ({ rows }) =>
    `${some(rows.map(String), 10)}행은 첫 행보다 셀이 적습니다. 모자란 셀은 빠진 값으로 칩니다.`,
  row_like_comment: ({ row }) =>
    `${row}행은 #으로 시작하지만 데이터로 읽었습니다. 주석이라면 comment를 "#"으로 주세요.`,

  columns_too_many: ({ source, count, most }) =>
    `${source}: 열이 ${several(count)}인데 표에는 ${several(most)}까지만 있을 수 있습니다. 열을 빼거나 행과 열을 바꾸세요.`,
  table_too_large: (p) =>
    `${p.source}: 열 ${several(p.width)}인 행 ${several(p.total)}는 남은 메모리 ${gigabytes(p.limit)}보다 큽니다. 행이나 열을 줄이세요.`,
  gzip_bomb: ({ source, most }) =>
    `${source}: 풀면 ${most}배보다 커집니다. 표가 그런 일은 거의 없습니다. 정말 표라면 풀어서 주세요.`,

  arff_sparse: (place) => `${at(place)}: 희소(sparse) ARFF 행입니다. 먼저 표를 CSV로 저장하세요.`,
  arff_without_data: ({ source }) => `${source}은(는) @data가 없는 ARFF 파일입니다. 파일을 다시 받으세요.`,
  arff_attribute: ({ text, ...place }) =>
    `${at(place)}: ${shown(text)}은(는) 이름과 종류가 있는 속성이 아닙니다. 고치세요.`,
  html_without_table: ({ source }) =>
    `${source}은(는) 표가 없는 HTML 페이지입니다. 표가 보이는 페이지를 열거나 표를 CSV로 저장하세요.`,
  html_too_large: ({ source, cells }) =>
    `${source}: 표의 셀들이 다른 셀 ${several(cells)}보다 많이 걸쳐 있습니다. 표를 CSV로 저장하세요.`,
  html_too_long: ({ source }) => `${source}: 256 MB보다 큰 HTML 페이지입니다. 표를 CSV로 저장하세요.`,
  html_largest_table: ({ count }) => `페이지에 표가 ${count}개 있어 가장 큰 것을 읽었습니다.`,
  json_too_long: (place) => `${at(place)}: 16 MB보다 깁니다. 파일이 행의 목록인지 확인하세요.`,
  json_deep: ({ most, ...place }) =>
    `${at(place)}: 객체와 목록이 ${most}겹보다 깊게 겹쳐 있어 표의 행이 아닙니다. 괄호를 확인하세요.`,
  json_open: (place) => `${at(place)}: 끝이 없습니다. 괄호와 따옴표를 확인하거나 파일을 다시 받으세요.`,
  json_cut: ({ source }) => `${source}은(는) 목록이 끝나기 전에 끊깁니다. 파일을 다시 받으세요.`,
  json_no_object: ({ text, ...place }) =>
    `${at(place)}: 열마다 값이 있는 객체가 아니라 ${shown(text)}입니다. 객체의 목록을 주세요.`,
  json_invalid: (place) => `${at(place)}: 올바른 JSON이 아닙니다. 따옴표, 쉼표, 괄호를 확인하세요.`,
  json_one_object: ({ source }) =>
    `${source}에는 행의 목록이 아니라 객체 하나가 있습니다. [{"x": 1, "y": 2}, {"x": 3, "y": 4}]처럼 객체의 목록으로 저장하세요.`,
  json_list_row: (place) => `${at(place)}: 목록인데 첫 행은 객체입니다. 모든 행을 같은 꼴로 하세요.`,
  json_object_row: (place) => `${at(place)}: 객체인데 첫 행은 목록입니다. 모든 행을 같은 꼴로 하세요.`,
  json_part: ({ name }) => `행은 ${name}의 것이고, 파일의 나머지는 뺐습니다.`,
  json_lists: ({ columns }) => `행 안의 목록은 텍스트로 읽었습니다: ${someNames(columns, 5)}.`,

  number_format: ({ text, value, other, decimal, thousands }) =>
    `${shown(text)}을(를) ${numberOrText(value)}(으)로 읽었지만 ${numberOrText(other)}일 수도 있습니다. 그렇다면 소수점을 ${JSON.stringify(decimal)}, 천 단위 구분을 ${JSON.stringify(thousands)}(으)로 주세요.`,
  commas_unread: ({ column, text }) =>
    `${shown(column)} 열에는 ${shown(text)}처럼 수로 읽지 않은 셀이 있습니다. 수라면 소수점이나 천 단위 구분을 ","로 주세요.`,
  codes_as_text: ({ example, columns }) =>
    `${shown(example)}처럼 앞에 필요 없는 0이 붙은 수는 코드로 봅니다. 그래서 텍스트로 읽은 열: ${someNames(columns, 5)}.`,
  long_codes_as_text: ({ example, columns }) =>
    `${shown(example)}처럼 자릿수가 많은 정수는 수로 읽으면 끝자리가 달라지므로 코드로 봅니다. 그래서 텍스트로 읽은 열: ${someNames(columns, 5)}.`,
  header_of_numbers: '첫 행에 수가 있어 데이터로 읽었습니다. 열 이름이라면 그렇다고 알려 주세요(header).',
  header_mixed: ({ header }) => `첫 행에는 숫자 열 위에 이름도 수도 있습니다. ${readAs(header)}`,
  header_unclear: ({ header }) => `첫 행은 숫자 열이 없어 다른 행과 구별되지 않습니다. ${readAs(header)}`,
  header_marked: '열 이름 앞에 있는 #을 뺐습니다.',
  row_above_table: ({ row, text }) =>
    `${row}행(${shown(text)})은 표 위에 있어 뺐습니다. 표의 일부라면 skip을 0으로 주세요.`,
  rows_above_table: ({ row, last, text }) =>
    `${shown(text)}부터 ${row}~${last}행은 표 위에 있어 뺐습니다. 표의 일부라면 skip을 0으로 주세요.`,
  columns_unnamed: ({ names }) => `이름이 없는 열은 ${someNames(names, 5)}(이)라고 부릅니다.`,
  columns_renamed: ({ names }) => `머리글에 두 번 나온 이름은 ${someNames(names, 5)}(으)로 바꾸었습니다.`,
  columns_called: ({ names }) => `첫 행에 이름이 없어 열을 ${someNames(names, 5)}(이)라고 부릅니다.`,
  columns_dropped: ({ count }) => `끝에 있는, 이름도 값도 없는 열 ${several(count)}를 뺐습니다.`,
};
