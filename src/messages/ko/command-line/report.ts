import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import type { optimizerParts } from '../../en/command-line/founding.ts';
import type { report as english } from '../../en/command-line/report.ts';
import { several } from '../words.ts';

const parts: Record<keyof typeof optimizerParts, string> = {
  sgd: '모멘텀 없음',
  momentum: 'sgd, 모멘텀 0.9',
  rmsprop: '알파 0.99',
  adam: '베타 0.9와 0.999',
};

export const report: Translation<typeof english> = {
  report_rows: ({ file, count, train, validation, seed, x, y, noise, baseline }) =>
    `${file}: 행 ${several(count)}(학습 ${whole(train)}, 검증 ${whole(validation)}, 시드 ${seed}(으)로 분할), ${x}에 따른 ${y}, 잡음은 ${noise}쯤, 기준선 rmse ${baseline}`,
  report_trials: ({ units, parameters, combinations, seeds, trials }) =>
    `${units}(파라미터 ${several(parameters)}), 조합 ${several(combinations)}, 저마다 시드 ${several(seeds)}: 한 집단에 시행 ${several(trials)}`,
  report_training: ({ rate, epochs, tolerance }) =>
    `학습률 ${rate}, 에포크는 많아야 ${several(epochs)}, 두 에포크의 학습 손실 차이가 ${tolerance} 이하면 멈춤. half_mse, glorot_normal`,
  report_losses: ({ y }) =>
    `학습과 검증은 손실, 곧 스케일한 목표의 평균 제곱 오차의 절반이고, rmse는 ${y}의 단위로 나타낸 검증 오차이며, ±는 시드에 걸친 표준편차입니다.`,
  report_published: '발표된 규칙대로:',
  report_slips: ({ count, epochs }) =>
    `실수가 없을 때, 하나씩만 있을 때, 모두 있을 때의 검증 rmse. 많아야 에포크 ${several(epochs)} 뒤, 시드 ${several(count)}의 평균입니다.`,
  report_layers: ({ layers }) => `${whole(layers)}층`,
  report_depth: ({ width, count, epochs }) =>
    `유닛 ${several(width)}인 은닉층의 수에 따른 학습 손실. 많아야 에포크 ${several(epochs)} 뒤, 시드 ${several(count)}의 평균입니다.`,
  report_gate: ({ network, units, learned, count }) =>
    `${network === 'mlp' ? '신경망' : '퍼셉트론'} ${units}: 시드 ${several(count)} 가운데 ${several(learned)}에서 네 행을 모두 맞힘`,
  report_gradients: ({ signals, means }) =>
    `시작할 때 층마다의 기울기 ${signals.join(', ')}, 출력의 평균 ${means.join(', ')}`,
  report_optimizer: ({ one, solver }) => `학습 손실 ${one} (${parts[solver]})`,
  report_best: ({ name, seed, one, baseline, note }, say) =>
    `${say(name)}, 시드 ${seed}: 검증 rmse ${one} (기준선 ${baseline}). ${say(note)}`,
  report_ended: ({ time }) => `모두 ${time} 걸렸습니다.`,
  report_interrupted: ({ time }) => `${time} 뒤에 중단되었습니다. 여기까지의 결과입니다.`,
};
