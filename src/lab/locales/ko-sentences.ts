/**
 * The Korean of what the library says to people: why it refuses settings and tables, what it noticed in the data, how a
 * run or an engine came to an end. The library speaks English and knows no page, so its sentences are recognised here.
 *
 * `{0}` stands for a name or a value, which stays as it is; `#0` for a number; `<0>` for a clause, which may be missing and
 * is looked up in `clauses`; `[row|rows]` for either. What is before a colon, what is in brackets at the end and the last
 * full stop are looked after by `recognise.ts`, so that they are not repeated here.
 */
import type { Words } from '../recognise.ts';

const sentences: [english: string, korean: string][] = [
  // Units, markers and spellings
  [
    'Column {0}: numbers in percent, such as {1}; 12% is read as 12, not 0.12',
    '{0} 열: 퍼센트 수입니다(예: {1}). 12%는 0.12가 아니라 12로 읽습니다',
  ],
  ['Column {0}: numbers with the unit {1}, such as {2}', '{0} 열: 단위가 {1}인 수입니다(예: {2})'],
  [
    'Column {0}: <1> of <2> have the unit {3}, such as {4}; the others are taken to be in it too',
    '{0} 열: <2> 가운데 <1>에 단위 {3}이(가) 있습니다(예: {4}). 나머지도 같은 단위로 봅니다',
  ],
  [
    'Column {0} is text, as its numbers have different units, which are not converted: <1>; write all in one unit',
    '{0} 열은 수의 단위가 서로 달라 글로 둡니다. 단위는 바꾸지 않습니다(<1>). 모두 한 단위로 쓰세요',
  ],
  [
    'Column {0} is text: <1> of <2> are numbers, too few by themselves; with the type number the others count as missing',
    '{0} 열은 글로 둡니다. <2> 가운데 <1>만 수여서 모자랍니다. 종류를 number로 하면 나머지는 빠진 값으로 칩니다',
  ],
  ['Missing values are written <0> in columns <1> (<2>)', '열 <1>에서 빠진 값은 <0>(으)로 쓰여 있습니다(<2>)'],
  ['Column {0}: missing values are written <1>', '{0} 열: 빠진 값은 다음과 같이 쓰여 있습니다. <1>'],
  [
    'Column {0}: <1> differ in case alone and are kept apart; write them alike if they mean the same',
    '{0} 열: <1>은(는) 대소문자만 다르며 따로 둡니다. 뜻이 같으면 똑같이 쓰세요',
  ],
  [
    'Column {0}: <1> are taken as one class, {2}; merge_spellings false keeps them apart',
    '{0} 열: <1>을(를) 한 클래스 {2}(으)로 봅니다. 표기 합치기를 끄면 따로 둡니다',
  ],
  [
    'Column {0}: its numbers are in {1}, and those of training in {2}; they are not converted',
    '{0} 열: 수의 단위가 {1}인데 학습 때는 {2}이었습니다. 단위는 바꾸지 않습니다',
  ],
  [
    'Column {0}: its numbers are in {1}, and those of training in {2}; they are not converted, and count as missing',
    '{0} 열: 수의 단위가 {1}인데 학습 때는 {2}이었습니다. 단위는 바꾸지 않고 빈 칸으로 봅니다',
  ],
  [
    'Column {0}: its numbers are in {1}, and those of training had no unit; they are taken as they are',
    '{0} 열: 수의 단위가 {1}인데 학습 때는 단위가 없었습니다. 수를 그대로 씁니다',
  ],

  // Columns and the target
  [
    'column {0} of {1} has <2> in <3>, too many to be classes; <4>',
    '{1}의 {0} 열에는 <3>에 서로 다른 값이 <2> 있어 클래스로 보기에는 너무 많습니다. <4>',
  ],
  ['<0> has no column {1}, only <2>', '<0>에는 {1} 열이 없고, 있는 열은 <2>입니다'],
  ['{0} is the target; name another column', '{0}은(는) 목표입니다. 다른 열을 적으세요'],
  [
    'has too few rows to train on ({0}); give at least 2 training rows',
    '학습하기에는 행이 너무 적습니다({0}개). 학습 행을 2개 이상 주세요',
  ],
  ['has {0} values; the table has {1} rows', '값은 {0}개인데 표의 행은 {1}개입니다'],
  [
    'column {0} of {1} holds neither dates nor numbers ({2}); choose another column',
    '{1}의 {0} 열에는 날짜도 수도 없습니다({2}). 다른 열을 고르세요',
  ],
  [
    'has no column to predict {0} from; give at least one other column whose values differ between rows<1>',
    '{0}을(를) 예측하는 데 쓸 열이 없습니다. 행마다 값이 다른 열을 하나 이상 주세요<1>',
  ],
  [
    'balanced is for classes, and the target is a number; set it to none, or task to classification',
    'balanced는 클래스를 위한 것인데 목표가 수입니다. none으로 하거나 과제를 classification으로 바꾸세요',
  ],
  [
    '{0} is for numbers, and column {1} holds classes; set it to none, or task to regression',
    '{0}은(는) 수를 위한 것인데 {1} 열에는 클래스가 있습니다. none으로 하거나 과제를 regression으로 바꾸세요',
  ],
  [
    'column {0} of {1} is {2} in every training row, so there is nothing to learn; choose another target',
    '{1}의 {0} 열은 모든 학습 행에서 {2}이므로 배울 것이 없습니다. 다른 목표를 고르세요',
  ],
  [
    'column {0} of {1} has no value in any row; choose another target, or a table with answers in it',
    '{1}의 {0} 열에는 값이 있는 행이 없습니다. 다른 목표나, 답이 들어 있는 표를 고르세요',
  ],
  [
    'column {0} of {1} holds dates, which are neither numbers nor classes; choose another target, or set task to classification',
    '{1}의 {0} 열에는 수도 클래스도 아닌 날짜가 있습니다. 다른 목표를 고르거나 과제를 classification으로 바꾸세요',
  ],
  [
    'column {0} of {1} has {2} different values, and at most {3} can be classes; <4>',
    '{1}의 {0} 열에는 서로 다른 값이 {2}개 있는데, 클래스는 {3}개까지만 됩니다. <4>',
  ],
  [
    '{0} is no number, and regression predicts numbers; correct the cell, or set task to classification',
    '{0}은(는) 수가 아닌데 regression은 수를 예측합니다. 셀을 고치거나 과제를 classification으로 바꾸세요',
  ],
  [
    '{0} is below 0, and target_transform log takes numbers from 0 up; correct the cell, or set target_transform to none',
    '{0}은(는) 0보다 작은데 목표 변환 log는 0 이상의 수만 받습니다. 셀을 고치거나 목표 변환을 none으로 바꾸세요',
  ],
  [
    'The target {0} holds two whole numbers, <1>, which are taken as classes; set task to regression to predict a number',
    '목표 {0}에는 두 정수 <1>만 있어 클래스로 봅니다. 수를 예측하려면 과제를 regression으로 바꾸세요',
  ],
  [
    'The target {0} holds the whole numbers <1>, which are taken as classes by its name; set task to regression to predict a number',
    '목표 {0}에는 정수 <1>이(가) 있고 이름으로 보아 클래스로 봅니다. 수를 예측하려면 과제를 regression으로 바꾸세요',
  ],
  [
    'The target {0} holds the whole numbers <1> and is predicted as a number; set task to classification if they are classes',
    '목표 {0}에는 정수 <1>이(가) 있고 수로 예측합니다. 클래스라면 과제를 classification으로 바꾸세요',
  ],
  ['<0> [has|have] no value of the target {1} and [is|are] left out: <2>', '목표 {1}의 값이 없는 <0>를 뺐습니다: <2>'],
  ['The target {0} has no values; choose another', '목표 {0}에는 값이 없습니다. 다른 것을 고르세요'],
  [
    'The target {0} is missing in <1>, which cannot be trained or tested on',
    '목표 {0}의 값이 <1>에서 빠져 있어, 그 행으로는 학습도 테스트도 할 수 없습니다',
  ],
  [
    'The target {0} has a single class, so there is nothing to learn; choose another',
    '목표 {0}의 클래스가 하나뿐이어서 배울 것이 없습니다. 다른 것을 고르세요',
  ],
  [
    'The target {0} has the same value in every row, so there is nothing to learn; choose another',
    '목표 {0}의 값이 모든 행에서 같아서 배울 것이 없습니다. 다른 것을 고르세요',
  ],

  // Cells
  [
    '{0} is too far from the other values; correct the cell or leave the row out',
    '{0}은(는) 다른 값과 너무 동떨어져 있습니다. 셀을 고치거나 행을 빼세요',
  ],
  [
    '{0} is not a finite number; correct the cell or leave the row out',
    '{0}은(는) 유한한 수가 아닙니다. 셀을 고치거나 행을 빼세요',
  ],
  [
    'its values are too far apart for any scale; correct them, or ignore the column',
    '값이 너무 흩어져 있어 어떤 스케일로도 맞출 수 없습니다. 값을 고치거나 열을 제외하세요',
  ],
  [
    '{0} is not a number, as in training; correct [the cell|it] or leave [the cell|it] empty',
    '{0}은(는) 학습 때와 달리 수가 아닙니다. 고치거나 비워 두세요',
  ],
  [
    '{0} is not a date written {1}, as in training; correct [the cell|it] or leave [the cell|it] empty',
    '{0}은(는) 학습 때와 달리 {1} 형식의 날짜가 아닙니다. 고치거나 비워 두세요',
  ],
  [
    '{0} is no answer the model could give; correct the cell',
    '{0}은(는) 모델이 낼 수 있는 답이 아닙니다. 셀을 고치세요',
  ],
  [
    '{0} is not a class of the model, which knows <1>; leave the row out or correct it',
    '{0}은(는) 모델의 클래스가 아닙니다. 모델은 <1>을(를) 압니다. 행을 빼거나 고치세요',
  ],
  [
    '{0} is no number, as types says it is; correct the cell<1>, or give the column another type',
    '{0}은(는) 열의 종류와 달리 수가 아닙니다. 셀을 고치거나<1> 열에 다른 종류를 주세요',
  ],
  [
    '{0} is no whole number, as types says it is; correct the cell<1>, or give the column another type',
    '{0}은(는) 열의 종류와 달리 정수가 아닙니다. 셀을 고치거나<1> 열에 다른 종류를 주세요',
  ],
  [
    '{0} is no date, as types says it is; correct the cell<1>, or give the column another type',
    '{0}은(는) 열의 종류와 달리 날짜가 아닙니다. 셀을 고치거나<1> 열에 다른 종류를 주세요',
  ],
  [
    'column {0} of {1} does not have exactly two different values, so it cannot be boolean; choose category or another type',
    '{1}의 {0} 열은 서로 다른 값이 꼭 두 개가 아니어서 boolean이 될 수 없습니다. category나 다른 종류를 고르세요',
  ],
  ['an empty cell is not a weight; give 0 or more', '빈 셀은 가중치가 아닙니다. 0 이상의 수를 주세요'],
  ['{0} is not a weight; give 0 or more', '{0}은(는) 가중치가 아닙니다. 0 이상의 수를 주세요'],
  [
    'column {0} of {1} is 0 in every training row, so nothing would be learned; choose another column',
    '{1}의 {0} 열은 모든 학습 행에서 0이어서 아무것도 배우지 못합니다. 다른 열을 고르세요',
  ],
  [
    'has no time to split by; fill the cell in, or leave the row out',
    '나누는 데 쓸 시간이 없습니다. 셀을 채우거나 행을 빼세요',
  ],

  // Files
  ['{0} is not a whole number from #1 to #2', '{0}은(는) #1부터 #2까지의 정수가 아닙니다'],
  ['{0} is not a number from #1 to #2', '{0}은(는) #1부터 #2까지의 수가 아닙니다'],

  // What was noticed in the data
  ['There are too few rows for a <0> set', '<0> 세트를 만들기에는 행이 너무 적습니다'],
  ['<0> as missing, such as <1>', '<0> 빠진 값으로 칩니다. 예: <1>'],
  ['<0> without a number, taken as missing, such as <1>', '수가 없는 <0>을(를) 빠진 값으로 칩니다. 예: <1>'],
  [
    '<0> without a date written {1}, taken as missing, such as <2>',
    '{1} 형식의 날짜가 없는 <0>을(를) 빠진 값으로 칩니다. 예: <2>',
  ],
  ['{0} stands in for <1> without a value: [row|rows] {2}', '값이 없는 <1>에 {0}을(를) 넣습니다: {2}행'],
  [
    '{0} stands in for <1> without a value: [row|rows] {2} and #3 more',
    '값이 없는 <1>에 {0}을(를) 넣습니다: {2} 외 #3개 행',
  ],
  ['<0> outside the training range, {1} to {2}, such as <3>', '학습 범위 {1}~{2}를 벗어난 값 <0>. 예: <3>'],
  [
    'The dates could be month/day or day/month, as no day is over 12; month/day is assumed',
    '12를 넘는 날이 없어 월/일인지 일/월인지 알 수 없습니다. 월/일로 봅니다',
  ],
  ['Cells without a date count as missing: #0, such as {1}', '날짜가 아닌 셀은 빠진 값으로 칩니다(#0개, 예: {1})'],
  ['Dates are written in several ways: <0>', '날짜가 여러 형식으로 쓰여 있습니다. <0>'],
  [
    'Many of its cells are dates, but too few for a column of dates: <0>; no date is such as {1}',
    '날짜인 셀이 많지만 날짜 열로 보기에는 모자랍니다(<0>). 날짜가 아닌 것의 예: {1}',
  ],
  ['<0> training rows did not have ({1} in row {2}): they <3>', '학습 행에 없던 값이 <0> 있습니다({2}행의 {1}). <3>'],
  ['Column {0} is left out as free text', '{0} 열은 자유 텍스트로 보아 뺐습니다'],
  ['Column {0} is left out as an identifier', '{0} 열은 식별자로 보아 뺐습니다'],
  ['Give it another type to learn from it', '학습에 쓰려면 다른 종류를 주세요'],
  ['Column {0} is left out: no training row has a value in it', '{0} 열은 값이 있는 학습 행이 없어 뺐습니다'],
  [
    'Column {0} is left out: it is {1} in every training row that has a value',
    '{0} 열은 값이 있는 모든 학습 행에서 {1}이므로 뺐습니다',
  ],
  ['Column {0} is left out: it is {1} in every training row', '{0} 열은 모든 학습 행에서 {1}이므로 뺐습니다'],
  [
    '<0> [is|are] left out, each with one value in every training row: <1>',
    '모든 학습 행에서 값이 하나뿐인 <0>를 뺐습니다: <1>',
  ],
  ['Column {0} equals the target in every row; <1>', '{0} 열은 모든 행에서 목표와 같습니다. <1>'],
  [
    'Column {0} has a value of its own for each class of the target; <1>',
    '{0} 열에는 목표의 클래스마다 다른 값이 하나씩 있습니다. <1>',
  ],
  [
    'Column {0} is the target on another scale (their correlation is {1}); <2>',
    '{0} 열은 다른 눈금으로 나타낸 목표입니다(상관계수 {1}). <2>',
  ],
  [
    '{0} rows are too few to hold any back: all of them train, and are what is scored',
    '행이 {0}개뿐이라 떼어 놓을 수 없습니다. 모든 행으로 학습하고, 그 행으로 평가합니다',
  ],
  [
    'Class {0} has {1} [row|rows], none of them among the <2> rows',
    '클래스 {0}의 행은 {1}개인데, <2> 행에는 하나도 없습니다',
  ],
  ['The same is true of {0} more classes', '다른 클래스 {0}개도 그렇습니다'],
  [
    'Column {0} has <1> with no number<2>; they count as missing',
    '{0} 열에는 수가 아닌 <1>가 있습니다<2>. 빠진 값으로 칩니다',
  ],
  [
    '<0> [is|are] the same as an earlier row, so that testing may see what training saw',
    '<0>가 앞의 행과 같아서, 학습이 본 것을 테스트가 다시 볼 수 있습니다',
  ],
  ['Column {0} has no values', '{0} 열에는 값이 없습니다'],
  ['Column {0} has the same value in every row that has one', '{0} 열은 값이 있는 모든 행에서 값이 같습니다'],
  ['Column {0} has the same value in every row', '{0} 열은 모든 행에서 값이 같습니다'],
  ['Column {0} identifies rows: it is not trained on', '{0} 열은 행의 식별자입니다. 학습에 쓰지 않습니다'],
  ['Column {0} is free text: it is not trained on', '{0} 열은 자유 텍스트입니다. 학습에 쓰지 않습니다'],
  ['Column {0} is missing in {1} of the rows', '{0} 열의 값이 행의 {1}에서 빠져 있습니다'],
  ['Class {0} is {1} of the rows', '클래스 {0}은(는) 행의 {1}입니다'],
  ['{0} classes have few rows: <1>', '클래스 {0}개에 행이 적습니다: <1>'],
  [
    'Predictions may never name it, which accuracy would not show; balance the classes',
    '모델이 이 클래스를 한 번도 답하지 않아도 정확도에는 드러나지 않습니다. 클래스 가중치를 고르게 하세요',
  ],
  [
    'Predictions may never name them, which accuracy would not show; balance the classes',
    '모델이 이 클래스들을 한 번도 답하지 않아도 정확도에는 드러나지 않습니다. 클래스 가중치를 고르게 하세요',
  ],

  // What columns are, and why they are not used
  [
    'It numbers the rows: whole, consecutive, every number once',
    '행에 번호를 매깁니다: 이어지는 정수가 한 번씩만 나옵니다',
  ],
  ['Its values are whole numbers', '값이 정수입니다'],
  ['It has no cell with a value', '값이 있는 셀이 없습니다'],
  ['Its only values are {0} and {1}', '값은 {0}, {1}뿐입니다'],
  ['Its values are numbers, not all of them whole', '값이 수이고, 모두 정수는 아닙니다'],
  [
    'By its name it identifies rows, and every whole number is there only once',
    '이름으로 보아 행의 식별자이고, 정수마다 한 번씩만 나옵니다',
  ],
  ['Its texts are dates, written {0}', '글이 {0} 형식의 날짜입니다'],
  ['Its texts are {0} characters long on average, <1>', '글의 길이가 평균 {0}자입니다(<1>)'],
  ['Its texts repeat: <0>', '글이 되풀이됩니다: <0>'],
  ['Its texts are short, and some repeat: <0>', '글이 짧고 일부가 되풀이됩니다: <0>'],
  ['Its texts have several words and hardly repeat: <0>', '글이 여러 낱말이고 거의 되풀이되지 않습니다: <0>'],
  [
    'Its texts are single words or codes and hardly repeat: <0>',
    '글이 낱말 하나나 코드이고 거의 되풀이되지 않습니다: <0>',
  ],
  ['The settings say so', '설정에서 그렇게 정했습니다'],
  ['the group of the split', '분할의 그룹'],
  ['the time of the split', '분할의 시간'],
  ['the weight of the row', '행의 가중치'],
  ['no value in the training rows', '학습 행에 값이 없음'],
  ['constant on the training rows', '학습 행에서 값이 모두 같음'],
  ['identifier', '식별자'],
  ['text', '자유 텍스트'],

  // Runs

  // Engines
  ['asked for', '직접 골랐습니다'],
  ['WebGPU is not available (<0>)', 'WebGPU를 쓸 수 없습니다(<0>)'],
  [
    'the only WebGPU adapter here ({0}) is a CPU in disguise, so the CPU trains without it',
    '여기의 WebGPU 어댑터는 GPU를 흉내 내는 CPU({0})뿐이어서, WebGPU 없이 CPU로 학습합니다',
  ],
  [
    'the WebGPU adapter {0} fails a self-test (<1>), so the CPU trains without it',
    'WebGPU 어댑터 {0}이(가) 자가 검사를 통과하지 못해(<1>), WebGPU 없이 CPU로 학습합니다',
  ],
  ['WebGPU runs on a real GPU ({0})', 'WebGPU가 실제 GPU({0})에서 동작합니다'],
  ['measured {0} steps/s; the CPU could not come near', '재어 보니 초당 {0} 걸음이고, CPU는 그 근처에도 오지 못합니다'],
  [
    'measured {0} steps/s on WebGPU ({1}), {2} on the CPU',
    '재어 보니 WebGPU({1})에서 초당 {0} 걸음, CPU에서 {2} 걸음입니다',
  ],
  ['unnamed adapter', '이름 없는 어댑터'],
  ['plain TypeScript on one CPU thread', 'CPU 스레드 하나의 순수 TypeScript'],
  ['WebAssembly, relaxed SIMD, one thread', 'WebAssembly, 완화된 SIMD, 스레드 하나'],
  ['WebAssembly, relaxed SIMD, up to {0} threads', 'WebAssembly, 완화된 SIMD, 스레드 {0}개까지'],
  ['WebAssembly, SIMD, one thread', 'WebAssembly, SIMD, 스레드 하나'],
  ['WebAssembly, SIMD, up to {0} threads', 'WebAssembly, SIMD, 스레드 {0}개까지'],
  ['<0>; plain loops, since <1>', '<0>. <1>, 순수한 반복문으로 학습합니다'],
  ['there is no WebAssembly here', '여기에는 WebAssembly가 없어서'],
  ['WebAssembly has no SIMD here', '여기의 WebAssembly에는 SIMD가 없어서'],
  ['WebAssembly is refused here: {0}', '여기서는 WebAssembly가 거부되어서({0})'],

  // Sweeps
  [
    '{0} folds cannot be made of {1} rows; choose a whole number from 2 to {2}',
    '행 {1}개로 폴드 {0}개를 만들 수 없습니다. 2부터 {2}까지의 정수를 고르세요',
  ],
  [
    '{0} folds need a group each, and the rows have {1}; choose fewer folds or another group column',
    '폴드 {0}개에 그룹이 하나씩 있어야 하는데 행의 그룹은 {1}개입니다. 폴드를 줄이거나 다른 그룹 열을 고르세요',
  ],
];

/** Parts of sentences, where `<0>` stands above; and what is before a colon. */
const clauses: [english: string, korean: string][] = [
  // Places
  ['{0}, row #1, column {2}', '{0}의 #1행 {2} 열'],
  ['{0}, row #1', '{0}의 #1행'],
  ['{0}, column {1}', '{0}의 {1} 열'],
  ['Data row #0', '자료의 #0번째 행'],
  ['Column {0}', '{0} 열'],
  ['{0} in row #1', '#1행의 {0}'],
  ['the first are rows {0}', '처음 것은 {0}행'],
  ['row #0', '#0행'],
  ['rows {0}', '{0}행'],
  // Counts and lists
  ['#0 [value|values]', '#0개'],
  ['#0 [row|rows]', '행 #0개'],
  ['#0 [column|columns]', '열 #0개'],
  ['#0 [cell|cells]', '셀 #0개'],
  ['<0> and #1 more', '<0> 외 #1개'],
  ['{0} in row #1, <2>', '#1행의 {0}, <2>'],
  ['{0} in <1>, <2>', '{0}이(가) <1>, <2>'],
  ['{0} in <1>', '{0}이(가) <1>'],
  ['<0> or {1}', '<0> 또는 {1}'],
  ['{0} and #1', '{0}, #1'],
  // Kinds of values
  ['text', '글'],
  ['training', '학습'],
  ['validation', '검증'],
  ['test', '테스트'],
  ['training or validation', '학습 또는 검증'],
  ['training or test', '학습 또는 테스트'],
  ['validation or test', '검증 또는 테스트'],
  // About columns and cells
  [', or give {0}, taken for identifiers, another type', '. 아니면 식별자로 본 {0}에 다른 종류를 주세요'],
  [', such as {0} in row #1', '(예: #1행의 {0})'],
  [', written like 2020-03-01', '(2020-03-01처럼 쓰기)'],
  ['choose another target', '다른 목표를 고르세요'],
  ['give it the type number to predict the numbers in <0>', '<0>에 있는 수를 예측하려면 열의 종류를 number로 하세요'],
  ['set task to regression to predict a number', '수를 예측하려면 과제를 regression으로 바꾸세요'],
  [
    'it looks like names or numbers of single rows, so choose another target',
    '행마다의 이름이나 번호로 보이니 다른 목표를 고르세요',
  ],
  ['leave it out unless it is known before the target is', '목표보다 먼저 알 수 있는 값이 아니라면 빼세요'],
  ['1 cell is no number and counts', '수가 아닌 셀 1개를'],
  ['#0 cells are no numbers and count', '수가 아닌 셀 #0개를'],
  ['1 cell holds what', '셀 1개에'],
  ['#0 cells hold what', '셀 #0개에'],
  ['count as missing, which is {0}', '빠진 값, 곧 {0}(으)로 칩니다'],
  ['are none of its levels in training and count as none', '학습 때의 어느 값도 아닌 것으로 칩니다'],
  ['#0 different [text|texts] in #1 [cell|cells]', '셀 #1개에 서로 다른 글 #0개'],
  // Engines and devices
  ['testing itself', '자가 검사'],
  ['making the population', '학습 준비'],
  ['checking parameters', '파라미터 확인'],
  ['reading parameters', '파라미터 읽기'],
];

/** In brackets at the end of any sentence. */
const endings: [english: string, korean: string][] = [
  ['did you mean {0}?', '혹시 {0}?'],
  ['found: <0>', '찾은 형식: <0>'],
];

export const words: Words = { sentences, clauses, endings };
