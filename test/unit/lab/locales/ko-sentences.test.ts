/** Korean knows what the library says: every sentence in the sources that the page can show has its own. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { words } from '../../../../src/lab/locales/ko-sentences.ts';
import { recogniser } from '../../../../src/lab/recognise.ts';
import { type Found, sentencesOf } from '../../../support/english-sentences.ts';

/** Sources whose texts the page does not show, or shows in its own words, and why. */
const silent: [files: RegExp, reason: string][] = [
  [/^src\/lab\/(?:locales|text)\//, 'what the page says, and Korean already'],
  [/^src\/data\/read\/|^src\/(?:model|train)\/|^src\/sweep\/(?!definition\.ts)/, 'messages with codes'],
  [/^src\/spec\//, 'messages with codes; what settings are called is in text/ko/setting-texts.ts'],
  [/^src\/lab\/keeping\/report\.ts$/, 'reports are English'],
  [/^src\/html\/|^src\/spec\/metric-facts\.ts$/, 'reports and the command line'],
  [/^src\/util\/format\.ts$/, 'figures and their units'],
  [/^src\/data\/prepare\/arrays\.ts$/, 'arrays are given to the library, not to the page'],
  [/^src\/engine\/cpu\/threads\/worker\.ts$/, 'what another thread runs'],
  [
    /^src\/engine\/gpu\/(?:plan\/planner|resident\/fit|layered\/layered)\.ts$/,
    'plans cannot be set in the page, and why they are chosen is in reports',
  ],
  [
    /^src\/engine\/gpu\/(?!engine\.ts|device\/adapter|memory\/(?:memory|refusal|estimate)|plan\/(?:partitioned|population)|(?:layered\/layered|resident\/resident)\.ts)/,
    'what buffers and kernels are called',
  ],
];

/** Texts of other sources that the page does not show as they are, and why. */
const exceptions: Record<string, string> = {
  'd mmm yyyy': 'a date format',
  'mmm d, yyyy': 'a date format',
  '7000 is missing': 'the name of an input, as in files',
  '7000, sine of the 7001': 'the name of an input, as in files',
  '7000, cosine of the 7001': 'the name of an input, as in files',
  'Data row 70007001': 'a place, with its number in two parts here',
  'Column 7000: 7001': 'what is said of the column is a sentence of its own',
  'whole number': 'sentences of their own say what a cell is not',
  '7000: 7001 is no 7002, as types says it is; correct the cell, written like 2020-03-01, or give the column another type7003.':
    'sentences of their own say what a cell is not',
  '7000: 7001 is no 7002, as types says it is; correct the cell, or give the column another type7003.':
    'sentences of their own say what a cell is not',
  'Column 7000 is left out as free text. 7001 Give it another type to learn from it.': 'three sentences',
  'Column 7000 is left out as an identifier. 7001 Give it another type to learn from it.': 'three sentences',
  'Its only values are 7000.': 'two values, joined',
  'engine 7000': 'a key',
  'optimizer state': 'what buffers are called',
  'training rows': 'what buffers are called',
  '7000, in 7001 parts': 'the name of a plan',
  ' and 7000 more': 'the end of a list, which is known as a whole',
  'the CPU has no other': 'why plans are chosen is in reports',
  'the same bits on every machine': 'why plans are chosen is in reports',
  'the quickest that this machine has': 'why plans are chosen is in reports',
  'WebAssembly would take 7000 GB (7001), so plain loops train it': 'why plans are chosen is in reports',
  'more than WebAssembly can address': 'why plans are chosen is in reports',
  'relaxed simd': 'the name of a plan',
  'parameters 7000': 'a key',
  'kept 7000': 'a key',
  'slot 7000 7001': 'a key',
};

/** What sentences above are made of, as they are said, and sentences that other programs begin. */
const real: [english: string, korean: string][] = [
  [
    'Column "id": Cells without a date count as missing: 3, such as "x".',
    '"id" 열: 날짜가 아닌 셀은 빠진 값으로 칩니다(3개, 예: "x").',
  ],
  [
    'Column "name" is left out as free text. Its texts have several words and hardly repeat: 90 different texts in 99 cells. Give it another type to learn from it.',
    '"name" 열은 자유 텍스트로 보아 뺐습니다. 글이 여러 낱말이고 거의 되풀이되지 않습니다: 셀 99개에 서로 다른 글 90개. 학습에 쓰려면 다른 종류를 주세요.',
  ],
  [
    'Column "n" is left out as an identifier. It numbers the rows: whole, consecutive, every number once. Give it another type to learn from it.',
    '"n" 열은 식별자로 보아 뺐습니다. 행에 번호를 매깁니다: 이어지는 정수가 한 번씩만 나옵니다. 학습에 쓰려면 다른 종류를 주세요.',
  ],
  ['Its only values are no and yes.', '값은 no, yes뿐입니다.'],
  [
    'my file.csv, row 3, column "x": "abc" is not a number, as in training; correct the cell or leave it empty.',
    'my file.csv의 3행 "x" 열: "abc"은(는) 학습 때와 달리 수가 아닙니다. 고치거나 비워 두세요.',
  ],
  [
    'when: "x" is not a date written yyyy-mm-dd, as in training; correct it or leave it empty.',
    'when: "x"은(는) 학습 때와 달리 yyyy-mm-dd 형식의 날짜가 아닙니다. 고치거나 비워 두세요.',
  ],
  [
    'Data row 3: has no time to split by; fill the cell in, or leave the row out.',
    '자료의 3번째 행: 나누는 데 쓸 시간이 없습니다. 셀을 채우거나 행을 빼세요.',
  ],
  ['identifier', '식별자'],
  ['text', '자유 텍스트'],
  ['There are too few rows for a validation set.', '검증 세트를 만들기에는 행이 너무 적습니다.'],
  ['There are too few rows for a test set.', '테스트 세트를 만들기에는 행이 너무 적습니다.'],
  ...(
    [
      ['training', '학습'],
      ['training or validation', '학습 또는 검증'],
      ['training or test', '학습 또는 테스트'],
      ['validation or test', '검증 또는 테스트'],
    ] as const
  ).map(([parts, own]): [string, string] => [
    `Class "a" has 2 rows, none of them among the ${parts} rows.`,
    `클래스 "a"의 행은 2개인데, ${own} 행에는 하나도 없습니다.`,
  ]),
  [
    '2,000 rows have no value of the target "y" and are left out: the first are rows 2, 3, 4, 5, 6.',
    '목표 "y"의 값이 없는 행 2,000개를 뺐습니다: 처음 것은 2, 3, 4, 5, 6행.',
  ],
  [
    '1 row is the same as an earlier row, so that testing may see what training saw.',
    '행 1개가 앞의 행과 같아서, 학습이 본 것을 테스트가 다시 볼 수 있습니다.',
  ],
  [
    '8 columns are left out, each with one value in every training row: "a", "b", "c" and 5 more.',
    '모든 학습 행에서 값이 하나뿐인 열 8개를 뺐습니다: "a", "b", "c" 외 5개.',
  ],
  [
    'Column "x": 3 cells are no numbers and count as missing, such as "a" in row 2, "b" in row 3, "c" in row 4.',
    '"x" 열: 수가 아닌 셀 3개를 빠진 값으로 칩니다. 예: 2행의 "a", 3행의 "b", 4행의 "c".',
  ],
  [
    'Column "x": 1 cell without a number, taken as missing, such as "a" in row 2.',
    '"x" 열: 수가 없는 셀 1개을(를) 빠진 값으로 칩니다. 예: 2행의 "a".',
  ],
  [
    'Column "t": 2 cells without a date written yyyy-mm-dd, taken as missing, such as "a" in row 2, "b" in row 4.',
    '"t" 열: yyyy-mm-dd 형식의 날짜가 없는 셀 2개을(를) 빠진 값으로 칩니다. 예: 2행의 "a", 4행의 "b".',
  ],
  [
    'Column "x": 2.5 stands in for 1 cell without a value: row 3.',
    '"x" 열: 값이 없는 셀 1개에 2.5을(를) 넣습니다: 3행.',
  ],
  [
    'Column "x": "no" stands in for 7 cells without a value: rows 3, 4, 5, 6, 7 and 2 more.',
    '"x" 열: 값이 없는 셀 7개에 "no"을(를) 넣습니다: 3, 4, 5, 6, 7 외 2개 행.',
  ],
  [
    'Column "x": 2 values outside the training range, -1 to 4.5, such as 7 in row 2, 9 in row 5.',
    '"x" 열: 학습 범위 -1~4.5를 벗어난 값 2개. 예: 2행의 7, 5행의 9.',
  ],
  ...(
    [
      ['number', '', '수가', ''],
      ['whole number', '', '정수가', ''],
      ['date', ', written like 2020-03-01', '날짜가', '(2020-03-01처럼 쓰기)'],
    ] as const
  ).map(([type, like, own, so]): [string, string] => [
    `a.csv, row 2, column "x": "b" is no ${type}, as types says it is; correct the cell${like}, or give the column another type.`,
    `a.csv의 2행 "x" 열: "b"은(는) 열의 종류와 달리 ${own} 아닙니다. 셀을 고치거나${so} 열에 다른 종류를 주세요.`,
  ]),
  [
    'a.csv, row 3, column "when": "x" is no date, as types says it is; correct the cell, written like 2020-03-01, or give the column another type (found: yyyy-mm-dd in 60 rows).',
    'a.csv의 3행 "when" 열: "x"은(는) 열의 종류와 달리 날짜가 아닙니다. 셀을 고치거나(2020-03-01처럼 쓰기) 열에 다른 종류를 주세요 (찾은 형식: yyyy-mm-dd이(가) 행 60개).',
  ],
  [
    'Column "weight" is text, as its numbers have different units, which are not converted: "kg" in 60 rows, "g" in 1 row; write all in one unit.',
    '"weight" 열은 수의 단위가 서로 달라 글로 둡니다. 단위는 바꾸지 않습니다("kg"이(가) 행 60개, "g"이(가) 행 1개). 모두 한 단위로 쓰세요.',
  ],
];

/** Names of this program and of the world, values of settings, and units, which Korean writes as they are. */
const names = new Set(
  `ARFF CPU CSV GPU HTML JSON XML YAML Excel OpenDocument PDF Parquet Arrow HDF NumPy MATLAB SPSS Stata SQLite RAR zip tar bzip xz zstd
  Encoding Standard data shift_jis cp sparse skip comment max_short_rows tab space Perceptron Lab MB SIMD TypeScript UTF WebAssembly WebGPU utf le be euc kr windows gzip safetensors layers weight bias
  balanced binary_cross_entropy boolean category classification cpu identity log mse none perceptron regression sgd seed seeds step
  training number integer date text target weights types ignore split time group class_weights target_transform
  folds rows noise early_stopping monitor restore_best true validation_loss task engine model output_activation loss validation test`.split(
    /\s+/,
  ),
);

const used = new Set<string>();
const korean = recogniser(words, (english) => used.add(english));
const pairs = [...words.sentences, ...words.clauses, ...words.endings];

const said: Found[] = ['util', 'spec', 'data', 'train', 'sweep', 'engine', 'lab', 'model']
  .flatMap((folder) => readdirSync(`src/${folder}`, { recursive: true }).map((name) => `src/${folder}/${name}`))
  .filter((name) => name.endsWith('.ts') && !silent.some(([files]) => files.test(name)))
  .flatMap(sentencesOf)
  // The page's own sources hold selectors and keys as well, which are no sentences.
  .filter(({ file, text }) => !file.startsWith('src/lab/') || text.endsWith('.'));

/** What Korean has for a text of the sources: brackets at the end go with any sentence, parts of sentences are known as such. */
function known(text: string): string | undefined {
  if (/^ \(.*\)$/.test(text)) return korean(`is missing; give a number${text}.`);
  return korean(text) ?? clause(text);
}

/** A part of a sentence, exactly: alone it could be anything. */
function clause(text: string): string | undefined {
  const values = (pattern: string) => pattern.replace(/\{\d\}|<\d>|#\d/g, '#');
  const found = words.clauses.find(([english]) => {
    const [either, one, other] = /\[([^|\]]+)\|([^\]]+)\]/.exec(english) ?? [];
    const all = either ? [english.replace(either, one), english.replace(either, other)] : [english];
    return all.map(values).includes(text.replace(/700\d/g, '#'));
  });
  if (found) used.add(found[0]);
  return found?.[1];
}

describe('what the library says', () => {
  it('is known in Korean', () => {
    expect(said.length).toBeGreaterThan(50);
    const unknown = said.filter(({ text }) => !Object.hasOwn(exceptions, text) && known(text) === undefined);
    expect(unknown).toEqual([]);
  });

  it('keeps its values, and no English word that is not a name', () => {
    for (const { text } of said.filter((one) => !Object.hasOwn(exceptions, one.text))) {
      const own = known(text) ?? '';
      const values = (text.match(/700\d/g) ?? []).filter((value) => korean(text) && !own.includes(value));
      expect([text, own, values]).toEqual([text, own, []]);
      expect([text, own.match(/[가-힣]/)?.length]).toEqual([text, 1]);
      const english = (own.match(/[A-Za-z_]{2,}/g) ?? []).filter((word) => !names.has(word));
      expect([text, own, english]).toEqual([text, own, []]);
    }
  });

  it('is said by some source, exceptions too', () => {
    const texts = new Set(said.map(({ text }) => text));
    expect(Object.keys(exceptions).filter((text) => !texts.has(text))).toEqual([]);
  });

  it.each(real)('%s', (english, own) => {
    expect(korean(english)).toBe(own);
  });

  it('has the same values in each pair', () => {
    const values = (text: string) => (text.match(/\{\d\}|<\d>|#\d/g) ?? []).sort();
    expect(pairs.filter(([english, own]) => `${values(english)}` !== `${values(own)}`)).toEqual([]);
  });

  it('needs every pair', () => {
    for (const { text } of said) known(text);
    for (const [english] of real) korean(english);
    expect(pairs.map(([english]) => english).filter((english) => !used.has(english))).toEqual([]);
  });

  it('stays English where it is not known', () => {
    expect(korean('Something else happened: nobody knows.')).toBeUndefined();
  });
});
