import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
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
  timed_alone: ({ engines, repeats }) =>
    `실험에 앞서 칸마다 신경망 하나를 ${engines.join('·')} 엔진에서 따로 학습했습니다. 칸들을 돌아가며 ${whole(repeats)}번, 한 번에 적어도 20 ms씩입니다. 칸의 시간은 한 스텝의 중앙값에 스텝 수를 곱한 것이며 검증은 뺐습니다.`,
  parameters_counted: ({ count, biases, total }) =>
    `가중치와 편향 ${whole(count)}개. 편향 ${whole(biases)}개를 두 번 세면 발표된 보고서의 ${whole(total)}개가 됩니다.`,
  published_rule: ({ adapter }) =>
    `발표된 대로 곱하기 전에 평균하고, 편향 행이 밀리고, 층마다 오차가 하나입니다. 나머지는 모두 실험과 같습니다(${adapter}).`,
};
