import type { Translation } from '../../../util/message.ts';
import type { founding as english } from '../../en/command-line/founding.ts';
import { some } from '../words.ts';

const quoted = (text: string) => JSON.stringify(text);

export const founding: Translation<typeof english> = {
  curve_rows: ({ source, count, fewest }) =>
    `${source}: 행이 ${count}개입니다. 출발점이 된 보고서는 5분의 1을 떼어 두므로 적어도 ${fewest}개가 필요합니다.`,
  curve_columns: ({ source, names }) =>
    `${source}: 출발점이 된 보고서는 x로 y를 맞춥니다. x와 y 열이 있거나, 수인 열이 꼭 두 개인 표를 주세요(이 표의 열: ${some(names, 8)}).`,
  curve_text: ({ source, column, example }) =>
    `${source}의 ${quoted(column)} 열: 수가 있어야 할 곳에 텍스트가 있습니다${example === undefined ? '' : `(${quoted(example)})`}.`,
  curve_columns_taken: ({ x, y }) => `표에 x와 y 열이 없어 ${quoted(x)}을(를) x로, ${quoted(y)}을(를) y로 봅니다.`,
};
