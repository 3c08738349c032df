import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import { percent, shown } from '../../../util/words.ts';
import { gigabytes } from '../../en/engines/engines.ts';
import type { preparing as english } from '../../en/tables/preparing.ts';
import { list, several, some, someNames } from '../words.ts';
import { cell, inRow, of } from './tables.ts';

const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ');
const columnOf = ({ source, column }: { source: string; column: string }) => `${source}의 ${of({ column })}`;
const target = (column: string) => `목표 ${JSON.stringify(column)}`;
const toRegression = '수를 예측하려면 과제를 regression으로 바꾸세요.';
const parts = { train: '학습', validation: '검증', test: '테스트' };
const mends = { regression: toRegression, target: '다른 목표를 고르세요.' };

export const preparing: Translation<typeof english> = {
  targets_several: ({ columns }) =>
    `모델이 예측하는 열이 ${columns.length}개(${columns.join(', ')})입니다. 표에서는 하나만 배울 수 있습니다.`,
  columns_of_model: ({ source, columns, names }) =>
    `${source}에 모델의 열 ${some(columns.map(shown), 10)}이(가) 없습니다. 있는 열: ${some(names, 20)}.`,
  column_length: (p) => `${columnOf(p)}: 값은 ${p.count}개인데 표의 행은 ${p.total}개입니다.`,
  column_is_target: ({ setting, column }) =>
    `${setting}: ${JSON.stringify(column)}은(는) 목표입니다. 다른 열을 적으세요.`,
  column_not_time: (p) => `split.time: ${columnOf(p)}에는 날짜도 수도 없습니다(${shown(p.text)}). 다른 열을 고르세요.`,
  row_without_time: ({ source, row }) =>
    `${source ? `${source}의 ${row}행` : `데이터의 ${row}번째 행`}: 나누는 데 쓸 시간이 없습니다. 셀을 채우거나 행을 빼세요.`,
  rows_too_few: ({ source, count }) =>
    `${source}: 학습하기에는 행이 너무 적습니다(${count}개). 학습 행을 2개 이상 주세요.`,
  features_beyond: (p) =>
    `특성 ${whole(p.count)}개인 행 ${whole(p.total)}개에는 메모리가 ${gigabytes(p.bytes)} 필요한데 ` +
    `${gigabytes(p.limit)}밖에 없습니다. 열을 빼거나(${JSON.stringify(p.column)}에서 특성 ${whole(p.most)}개가 ` +
    '나옵니다) max_levels를 낮추거나 행을 줄이세요.',
  features_none: (p) =>
    `${p.source}: ${JSON.stringify(p.column)}을(를) 예측하는 데 쓸 열이 없습니다. 행마다 값이 다른 열을 하나 이상 주세요${p.names.length ? `. 아니면 식별자나 자유 텍스트로 본 ${p.names.join(', ')}에 다른 종류를 주세요` : ''}.`,
  balance_of_number:
    'class_weights: balanced는 클래스를 위한 것인데 목표가 수입니다. none으로 하거나 과제를 classification으로 바꾸세요.',
  weight_invalid: (p) =>
    `${cell(p)}: ${p.text === '' ? '빈 셀은' : `${shown(p.text)}은(는)`} 가중치가 아닙니다. 0 이상의 수를 주세요.`,
  weights_zero: (p) =>
    `weights: ${columnOf(p)}은 모든 학습 행에서 0이어서 아무것도 배우지 못합니다. 다른 열을 고르세요.`,
  folds_too_many: ({ folds, total, most }) =>
    `folds: 행 ${total}개로 폴드 ${folds}개를 만들 수 없습니다. 2부터 ${most}까지의 정수를 고르세요.`,
  folds_beyond_groups: ({ folds, groups }) =>
    `folds: 폴드 ${folds}개에 그룹이 하나씩 있어야 하는데 행의 그룹은 ${groups}개입니다. 폴드를 줄이거나 다른 그룹 열을 고르세요.`,
  generated_whole: (p) => `${p.setting}: ${p.value}은(는) ${p.least}부터 ${p.most}까지의 정수가 아닙니다.`,
  generated_number: (p) => `${p.setting}: ${p.value}은(는) ${p.least}부터 ${p.most}까지의 수가 아닙니다.`,

  target_constant: (p) =>
    `target: ${columnOf(p)}은 모든 학습 행에서 ${p.value_text}이므로 배울 것이 없습니다. 다른 목표를 고르세요.`,
  target_constant_float32: (p) =>
    `scaling: ${columnOf(p)}은 행 사이의 차이가 학습에 쓰는 float32로 나타낼 수 있는 것보다 작습니다. 스케일을 맞추지 않으면 모든 학습 행에서 ${p.value}입니다. scaling을 standardize로 하세요.`,
  target_empty: ({ source, columns }) =>
    `target: ${source}의 ${quoted(columns)} 열에는 값이 있는 행이 없습니다. 다른 목표나, 답이 들어 있는 표를 고르세요.`,
  targets_missing: ({ columns, count, rows }) =>
    `목표 ${quoted(columns)}의 값이 없는 행 ${several(count)}를 뺐습니다: ${count > rows.length ? '처음 것은 ' : ''}${rows.join(', ')}행.`,
  target_dates: (p) =>
    `target: ${columnOf(p)}에는 수도 클래스도 아닌 날짜가 있습니다. 다른 목표를 고르거나 과제를 classification으로 바꾸세요.`,
  target_transformed: ({ column, transform }) =>
    `target_transform: ${transform}은(는) 수를 위한 것인데 ${of({ column })}에는 클래스가 있습니다. none으로 하거나 과제를 regression으로 바꾸세요.`,
  target_not_number: (p) =>
    `${cell(p)}: ${shown(p.text)}은(는) 수가 아닌데 regression은 수를 예측합니다. 셀을 고치거나 과제를 classification으로 바꾸세요.`,
  target_negative: (p) =>
    `${cell(p)}: ${shown(p.text)}은(는) 0보다 작은데 목표 변환 log는 0 이상의 수만 받습니다. 셀을 고치거나 목표 변환을 none으로 바꾸세요.`,
  target_two_numbers: ({ column, values }) =>
    `${target(column)}에는 두 정수 ${values.join(', ')}만 있어 클래스로 봅니다. ${toRegression}`,
  target_named_classes: ({ column, values }) =>
    `${target(column)}에는 정수 ${values.join(', ')}이(가) 있고 이름으로 보아 클래스로 봅니다. ${toRegression}`,
  target_of_numbers: ({ column, values }) =>
    `${target(column)}에는 정수 ${values.join(', ')}이(가) 있고 수로 예측합니다. 클래스라면 과제를 classification으로 바꾸세요.`,
  classes_single: (p) =>
    `${p.setting && `${p.setting}: `}${columnOf(p)}에는 행 ${several(p.total)}에 서로 다른 값이 ${several(p.count)} 있어 클래스로 보기에는 너무 많습니다. ${p.numbers ? `셀 ${several(p.numbers)}에 있는 수를 예측하려면 열의 종류를 number로 하세요.` : mends[p.mend]}`,
  classes_too_many: (p) =>
    `target: ${columnOf(p)}에는 서로 다른 값이 ${several(p.count)} 있는데, 클래스는 ${several(p.most)}까지만 됩니다. ${p.mend === 'target' ? '행마다의 이름이나 번호로 보이니 다른 목표를 고르세요.' : toRegression}`,
  class_absent: (p) =>
    `클래스 ${JSON.stringify(p.name)}의 행은 ${p.count}개인데, ${list(p.sets.map((part) => parts[part]))} 행에는 하나도 없습니다.`,
  classes_absent: ({ count }) => `다른 클래스 ${count}개도 그렇습니다.`,
  part_empty: ({ part }) => `${parts[part]} 세트를 만들기에는 행이 너무 적습니다.`,
  rows_all_train: ({ count }) =>
    `행이 ${count}개뿐이라 떼어 둘 수 없습니다. 모든 행으로 학습하고, 그 행으로 평가합니다.`,

  left_out_text: ({ why, column }, say) =>
    `${of({ column })}은 자유 텍스트로 보아 뺐습니다. ${say(why)} 학습에 쓰려면 다른 종류를 주세요.`,
  left_out_identifier: ({ why, column }, say) =>
    `${of({ column })}은 식별자로 보아 뺐습니다. ${say(why)} 학습에 쓰려면 다른 종류를 주세요.`,
  left_out_empty: (p) => `${of(p)}은 값이 있는 학습 행이 없어 뺐습니다.`,
  left_out_constant: (p) => `${of(p)}은 ${p.gaps ? '값이 있는 ' : ''}모든 학습 행에서 ${p.value_text}이므로 뺐습니다.`,
  feature_constant_float32: (p) =>
    `${of(p)}: 행 사이의 차이가 학습에 쓰는 float32로 나타낼 수 있는 것보다 작습니다. 스케일을 맞추지 않으면 모든 학습 행에서 ${p.value}입니다. scaling을 standardize로 하세요.`,
  left_out_constants: ({ columns }) =>
    `모든 학습 행에서 값이 하나뿐인 열 ${several(columns.length)}를 뺐습니다: ${someNames(columns, 3)}.`,
  cell_not_finite: (p) => `${cell(p)}: ${p.value}은(는) 유한한 수가 아닙니다. 셀을 고치거나 행을 빼세요.`,
  cell_too_far: (p) => `${cell(p)}: ${p.value}은(는) 다른 값과 너무 동떨어져 있습니다. 셀을 고치거나 행을 빼세요.`,
  column_too_far: (p) =>
    `${columnOf(p)}: 값이 너무 흩어져 있어 어떤 스케일로도 맞출 수 없습니다. 값을 고치거나 열을 제외하세요.`,

  cell_not_number: (p) => `${cell(p)}: ${shown(p.text)}은(는) 학습 때와 달리 수가 아닙니다. 고치거나 비워 두세요.`,
  cell_not_date: (p) =>
    `${cell(p)}: ${shown(p.text)}은(는) 학습 때와 달리 ${p.format} 형식의 날짜가 아닙니다. 고치거나 비워 두세요.`,
  units_differ: (p) =>
    `${of(p)}: 수의 단위가 ${shown(p.unit)}인데 학습 때는 ${shown(p.trained)}이었습니다. 단위는 바꾸지 않${p.ignored ? '고 빈 셀로 봅니다' : '습니다'}.`,
  unit_new: (p) => `${of(p)}: 수의 단위가 ${shown(p.unit)}인데 학습 때는 단위가 없었습니다. 수를 그대로 씁니다.`,
  numbers_invalid: (p) =>
    `${of(p)}: 수가 없는 셀 ${several(p.count)}를 빠진 값으로 칩니다. 예: ${p.examples.map(inRow).join(', ')}.`,
  dates_invalid: (p) =>
    `${of(p)}: ${p.format} 형식의 날짜가 없는 셀 ${several(p.count)}를 빠진 값으로 칩니다. 예: ${p.examples.map(inRow).join(', ')}.`,
  cells_imputed: (p) =>
    `${of(p)}: 값이 없는 셀 ${several(p.count)}에 ${p.value_text}을(를) 넣습니다: ${p.rows.join(', ')}${p.count > p.rows.length ? ` 외 ${whole(p.count - p.rows.length)}개 ` : ''}행.`,
  values_outside: (p) =>
    `${of(p)}: 학습 범위 ${p.from}~${p.to}를 벗어난 값 ${several(p.count)}. 예: ${p.outside.map(({ row, text }) => `${row}행의 ${text}`).join(', ')}.`,
  texts_unknown: (p) =>
    `${of(p)}: 학습 행에 없던 값이 셀 ${several(p.count)}에 있습니다(${inRow(p)}). ${p.missing === undefined ? '학습 때의 어느 값도 아닌 것으로 칩니다' : `빠진 값, 곧 ${shown(p.missing)}(으)로 칩니다`}.`,
  answer_impossible: (p) => `${cell(p)}: ${p.value_text}은(는) 모델이 낼 수 있는 답이 아닙니다. 셀을 고치세요.`,
  class_unknown: (p) =>
    `${cell(p)}: ${shown(p.text)}은(는) 모델의 클래스가 아닙니다. 모델은 ${some(p.names, 10)}을(를) 압니다. 행을 빼거나 고치세요.`,

  column_empty: (p) => `${of(p)}에는 값이 없습니다.`,
  column_constant: (p) => `${of(p)}은 ${p.gaps ? '값이 있는 ' : ''}모든 행에서 값이 같습니다.`,
  column_identifies: (p) => `${of(p)}은 행의 식별자입니다. 학습에 쓰지 않습니다.`,
  column_free_text: (p) => `${of(p)}은 자유 텍스트입니다. 학습에 쓰지 않습니다.`,
  column_gaps: (p) => `${of(p)}의 값이 행의 ${percent(p.share)}에서 빠져 있습니다.`,
  column_invalid: (p) =>
    `${of(p)}에는 수가 아닌 셀 ${several(p.count)}가 있습니다${p.first_cell ? `(예: ${inRow(p.first_cell)})` : ''}. 빠진 값으로 칩니다.`,
  rows_repeated: ({ count }) => `행 ${several(count)}가 앞의 행과 같아서, 학습이 본 것을 테스트가 다시 볼 수 있습니다.`,
  target_no_values: ({ column }) => `${target(column)}에는 값이 없습니다. 다른 것을 고르세요.`,
  target_gaps: ({ column, count }) =>
    `${target(column)}의 값이 행 ${several(count)}에서 빠져 있어, 그 행으로는 학습도 테스트도 할 수 없습니다.`,
  target_one_class: ({ column }) => `${target(column)}의 클래스가 하나뿐이어서 배울 것이 없습니다. 다른 것을 고르세요.`,
  target_one_value: ({ column }) =>
    `${target(column)}의 값이 모든 행에서 같아서 배울 것이 없습니다. 다른 것을 고르세요.`,

  array_count: ({ setting, value }) => `${setting}: ${value}은(는) 1 이상의 정수가 아닙니다.`,
  array_length: (p) =>
    `${p.setting}: 값이 ${p.count}개 있습니다. 행 ${p.total}개에 ${p.each}개씩이면 ${p.total * p.each}개입니다.`,
  array_not_finite: ({ row, column, value }) =>
    `배열의 ${row}번째 행, ${of({ column })}: ${value}은(는) 유한한 수가 아닙니다. 고치거나 행을 빼세요.`,
  array_weight: ({ row, value }) => `weights의 ${row}번째 행: ${value}은(는) 가중치가 아닙니다. 0 이상의 수를 주세요.`,
  array_split: ({ setting }) => `${setting}: 배열에는 나누는 데 쓸 열이 없습니다. 표를 준비하세요.`,
  array_transform: 'target_transform: 수를 위한 것인데 과제가 classification입니다. none으로 하세요.',
  array_constant: '배열: 모든 특성의 값이 학습 행에서 모두 같습니다. 값이 다른 특성을 주세요.',
  array_negative: ({ row, column, value }) =>
    `배열의 ${row}번째 행, ${of({ column })}: ${value}은(는) 0보다 작은데 목표 변환 log는 0 이상의 수만 받습니다. 목표 변환을 none으로 바꾸세요.`,
  array_two_outputs: 'outputs: 두 클래스는 0이나 1인 목표 하나입니다. 출력을 하나로 하세요.',
  array_no_class: ({ row, values }) =>
    `targets의 ${row}번째 행: 값이 ${values.join(', ')}입니다. classification에는 ${values.length === 1 ? '0이나 1을' : '그 클래스에 1, 나머지에 0을'} 주세요.`,
  array_balance: 'class_weights: balanced는 클래스를 위한 것입니다. 과제를 classification으로 바꾸세요.',
};
