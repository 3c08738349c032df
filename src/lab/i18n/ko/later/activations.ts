import type { AllTexts } from '../../all.ts';

export const activations: AllTexts['activations'] = {
  facts: {
    identity: {
      range: '모든 수',
      note: '이것만으로는 층이 아무리 많아도 직선이 됩니다.',
    },
    step: {
      range: '0 또는 1',
      note: '기울기가 어디서나 0이어서 기울기가 지나가지 못합니다. 퍼셉트론 규칙에 씁니다.',
    },
    sigmoid: {
      range: '0과 1 사이',
      note: '기울기가 많아야 1/4이어서, 층을 지날수록 기울기가 줄어듭니다.',
    },
    tanh: {
      range: '−1과 1 사이',
      note: '0이 중심이고 그곳의 기울기는 1, 멀어지면 평평합니다.',
    },
    relu: {
      range: '0 이상',
      note: '0보다 크면 기울기 1. 그 아래에서는 유닛이 아무것도 배우지 못하고 죽은 채로 남을 수 있습니다.',
    },
    leaky_relu: {
      range: '모든 수',
      note: '0 아래에도 작은 기울기가 있는 relu. 죽은 채로 남는 유닛이 없습니다.',
    },
    elu: {
      range: '−1 초과',
      note: '0 위에서는 relu와 같고, 아래에서는 매끄러우며 평균이 0에 가깝습니다.',
    },
    gelu: {
      range: '약 −0.17 이상',
      note: 'z에 표준 정규분포에서 z보다 작은 비율을 곱한 값: 0 아래로 살짝 내려가는 매끄러운 relu.',
    },
    silu: {
      range: '약 −0.28 이상',
      note: 'z에 그 시그모이드를 곱한 값(swish라고도 함): 0 아래로 살짝 내려가는 매끄러운 relu.',
    },
    softplus: {
      range: '0 초과',
      note: '모서리가 없는 relu. 기울기는 시그모이드입니다.',
    },
    mish: {
      range: '약 −0.31 이상',
      note: 'z에 그 softplus의 tanh를 곱한 값: silu처럼 0 아래로 살짝 내려가는 매끄러운 relu.',
    },
  },
  slope: '기울기 f′(z)',
  values: (range) => `값: ${range}.`,
  plotSummary: ({ name, first, last, steepest, range }) =>
    `z = −4부터 4까지의 ${name}: f는 ${first}에서 ${last}까지 가고, 기울기는 많아야 ${steepest}. 값: ${range}.`,
};
