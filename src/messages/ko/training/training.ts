import type { Translation } from '../../../util/message.ts';
import type { training as english, trained as englishTrained } from '../../en/training/training.ts';

const advice = {
  stop: '조기 종료를 켜면 가장 좋은 에포크가 남습니다.',
  monitor: 'early_stopping.monitor 설정을 validation_loss(으)로 바꾸세요.',
  restore: 'early_stopping.restore_best 설정을 true(으)로 바꾸세요.',
};

const kept = { last: '', best: ' 그 파라미터를 유지합니다.', later: ' 마지막 파라미터를 유지합니다.' };
const watches = { training: '학습', validation: '검증' };
const scaledTo = (scaled: boolean) => (scaled ? '스케일링 뒤에 ' : '');
const unscale = (scaled: boolean) => (scaled ? ' 스케일링을 none으로 바꾸세요.' : '');

export const training: Translation<typeof english> = {
  tune_ensemble: ({ count }) =>
    `모델은 신경망 ${count}개의 평균입니다. 더 학습할 수 있는 것은 train이 저장한 것과 같은 신경망 하나입니다.`,
  tune_layers: '모델에 어떤 설정으로도 만들 수 없는 scale 층이 있어 더 학습할 수 없습니다.',
  trial_unlike: ({ trial }) =>
    `시행 ${trial}은(는) 시행 0과 한 집단으로 학습할 수 없습니다. 은닉층, 임베딩, 손실 함수가 같아야 합니다.`,
  initial_parameters_count: ({ count, expected }) =>
    `initial_parameters: 값이 ${count}개인데 이 신경망의 파라미터는 ${expected}개입니다.`,
  loss_takes_sums: ({ setting, activation, loss }) =>
    `${setting}: ${activation}은(는) 손실 함수 ${loss}와(과) 맞지 않습니다. 이 손실은 마지막 층의 합을 그대로 받습니다. 출력 활성화를 identity로, 또는 손실 함수를 mse로 바꾸세요.`,
  loss_of_steps: ({ setting, activation }) =>
    `${setting}: ${activation}은(는) step 유닛의 규칙인 손실 함수 perceptron과 맞지 않습니다. 출력 활성화를 비우거나 step으로, 또는 손실 함수를 mse로 바꾸세요.`,
  loss_without_classes: ({ setting, loss }) =>
    `${setting}: ${loss}은(는) 클래스의 손실 함수가 아닙니다. label_smoothing을 비우거나 손실 함수를 binary_cross_entropy 또는 softmax_cross_entropy로 바꾸세요.`,
  loss_of_classes: ({ setting, loss }) =>
    `${setting}: ${loss}에는 클래스마다 출력이 하나씩 있어야 하는데, 두 클래스는 출력 하나입니다. binary_cross_entropy를 쓰세요.`,
  loss_of_targets: ({ setting, loss }) => `${setting}: ${loss}에는 클래스마다 하나씩, 목표가 둘 이상 있어야 합니다.`,
  targets_beyond_unit: ({ setting, loss, column, value }) =>
    `${setting}: ${loss}의 목표는 0부터 1까지여야 하는데 "${column}" 열에는 ${value}이(가) 있습니다. 손실 함수를 mse로, 또는 task를 classification으로 바꾸세요.`,
  targets_scaled: ({ setting, loss, column, value, scaled }) =>
    `${setting}: ${loss}의 목표는 0부터 1까지여야 하는데 "${column}" 열에는 ${scaledTo(scaled)}${value}이(가) 있습니다.${unscale(scaled)}`,
  targets_no_shares: ({ setting, loss, row, values, more, scaled }) =>
    `${setting}: ${loss}의 목표는 더해서 1이 되는 비율이어야 하는데 ${row}번째 데이터 행의 목표는 ${scaledTo(scaled)}${values.join(', ')}${more ? ', ...' : ''}입니다.${unscale(scaled)}`,

  checkpoint_version: ({ given, own }) =>
    `체크포인트의 버전은 ${given}이고 이 프로그램의 버전은 ${own}이어서 다른 난수로 이어 가게 됩니다. 새로 시작하세요.`,
  checkpoint_data: ({ stored, data }) =>
    `체크포인트의 행은 ${stored.rows}개, 특성은 ${stored.columns}개, 목표는 ${stored.outputs}개인데 이 데이터 세트는 ${data.rows}개, ${data.columns}개, ${data.outputs}개입니다.`,
  checkpoint_contents: ({ path }) =>
    `체크포인트가 손상되었습니다: ${path}의 값이 있을 수 없는 값입니다. 새로 시작하세요.`,
  checkpoint_settings: ({ why }, say) => `체크포인트가 손상되었습니다: ${say(why)} 새로 시작하세요.`,

  ended_epochs: ({ epochs }) => `에포크 ${epochs}개를 모두 학습했습니다.`,
  ended_early: ({ epoch, epochs, watched }) =>
    `에포크 ${epoch} 뒤에 멈췄습니다: 에포크 ${epochs}개 동안 ${watches[watched]} 손실이 나아지지 않았습니다.`,
  ended_plateau: ({ epoch, tolerance }) =>
    `에포크 ${epoch} 뒤에 멈췄습니다: 학습 손실의 변화가 ${tolerance} 이하였습니다.`,
  ended_refit: ({ epoch }) => `가장 좋았던 만큼 에포크 ${epoch}개를 다시 학습했습니다.`,
  refit_untrained: () => '다시 학습할 것이 없습니다. 학습이 끝나지 않았거나, 유지한 에포크가 없습니다.',
  ended_halving: ({ epoch }) => `에포크 ${epoch} 뒤에 멈춤: 스윕의 다른 조합이 더 좋았습니다.`,
  ended_interrupted: ({ epoch }) => `에포크 ${epoch}에서 중단했습니다.`,
  ended_diverged: ({ epoch, rate, lower, kept }) =>
    `에포크 ${epoch}에서 발산했습니다: 손실이나 파라미터가 더는 유한한 수가 아닙니다. 학습률 ${rate}이(가) 너무 큰 듯합니다. ${lower}(으)로 해 보거나 열이 스케일링되었는지 확인하세요. ${kept > 0 ? `에포크 ${kept}의 파라미터를 유지합니다.` : '초기 파라미터를 유지합니다.'}`,

  overfitted: (p) =>
    `전체 ${p.epochs} 에포크 중 ${p.epoch}번째부터 검증이 나빠졌습니다. 검증 손실이 그때는 ${p.best_loss}, 끝에는 ${p.last_loss}입니다. ${advice[p.advice]}`,
  importance_rows: ({ count }) => `중요도를 재려면 섞을 행이 2개 이상 있어야 하는데 ${count}개뿐입니다.`,
  background_empty: () => '비교할 행이 없습니다. 예측은 다른 행들의 예측과 비교해서 설명합니다.',
  not_learned_from: ({ column }) => `모델은 ${JSON.stringify(column)} 열에서 배우지 않습니다.`,
};

export const trained: Translation<typeof englishTrained> = {
  best_epoch: ({ epoch, watched, keeps }) =>
    `${watches[watched]} 손실은 에포크 ${epoch}에서 가장 낮았습니다.${kept[keeps]}`,
};
