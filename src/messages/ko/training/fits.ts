import { figure } from '../../../util/format.ts';
import type { Translation } from '../../../util/message.ts';
import { percent } from '../../../util/words.ts';
import type { fits as english } from '../../en/training/fits.ts';

const metrics = { rmse: 'RMSE', log_loss: '로그 손실' };

export const fits: Translation<typeof english> = {
  fit_rows_too_few: ({ source, count, least }) =>
    `${source}: 목표값이 있고 학습할 수 있는 행이 ${count}개입니다. fit은 일부를 떼어 두어야 하므로 ${least}개가 필요합니다. train은 2개면 됩니다.`,
  nothing_trained: ({ diverged }) =>
    diverged > 0
      ? `신경망 ${diverged}개가 모두 발산하여 남은 것이 없습니다. 다른 값들과 아주 동떨어진 값이 있는지 살피거나 numeric을 quantile로 하세요.`
      : '신경망이 모든 행을 한 번 보기도 전에 시간이 다 되었습니다. 시간을 늘리거나 행을 줄이세요.',
  some_diverged: ({ count }) => `신경망 ${count}개가 발산하여 뺐습니다.`,
  search_failed: ({ why }, say) => `탐색이 시간보다 먼저 끝났습니다. 그때까지 찾은 가장 좋은 모델입니다. ${say(why)}`,
  no_better_than_baseline: ({ metric, own, baseline }) =>
    `쓸모가 없습니다: ${metrics[metric]} ${figure(own)}, 늘 같은 답을 하면 ${figure(baseline)}. 이 열들은 목표를 거의 말해 주지 않습니다.`,
  better_than_linear: ({ metric, own, linear, share, low, high }) =>
    `선형 모형보다 낫습니다: ${metrics[metric]} ${figure(own)}, 선형 모형은 ${figure(linear)}, ${percent(share)} 작습니다(95 % 구간: ${percent(low)}에서 ${percent(high)}).`,
  even_with_linear: ({ metric, own, linear }) =>
    `선형 모형과 비슷합니다: ${metrics[metric]} ${figure(own)}, 선형 모형은 ${figure(linear)}. 우연으로 설명되는 차이입니다. 선형 모형이 더 단순하고 같은 것을 말해 줍니다.`,
  more_rows_help: ({ share }) =>
    `행이 더 있으면 도움이 됩니다: 행이 절반에서 전부로 늘 때 오차가 ${percent(share)} 줄었고, 두 배라면 다시 그만큼 줄어들 것입니다.`,
  more_rows_little:
    '이런 행은 더 있어도 거의 도움이 되지 않습니다: 절반으로도 비슷합니다. 다른 열이라면 도움이 될 수 있습니다.',
  more_rows_needless: ({ own }) => `행이 더 있어도 보탤 것이 거의 없습니다: 로그 손실이 이미 ${figure(own)}입니다.`,
};
