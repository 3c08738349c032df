import type { Translation } from '../../../util/message.ts';
import type { sequential as english } from '../../en/models/sequential.ts';

export const sequential: Translation<typeof english> = {
  sequential_layers: ({ source }) => `${source}: 선형층이 없습니다. 선형층은 변이 둘인 텐서 NAME.weight입니다.`,
  sequential_tensors: ({ source, names }) =>
    `${source}: 선형층의 것이 아닌 텐서(${names.slice(0, 5).join(', ')})가 있습니다. 선형층과 활성화 함수가 이어진 것만 읽을 수 있습니다.`,
  sequential_chain: ({ source, name, inputs, before }) =>
    `${source}: ${name}의 입력은 ${inputs}개인데 그 앞의 것은 ${before}개입니다.`,
  sequential_outputs: ({ source, count, expected }) =>
    `${source}: 마지막 층의 출력은 ${count}개인데 목표에는 ${expected}개가 필요합니다.`,
  sequential_type: ({ source, name, type }) =>
    `${source}: ${name}의 형식은 F32가 아니라 ${type}입니다. float32로 저장하세요.`,
  sequential_shape: ({ source, name }) => `${source}: ${name}의 값의 수가 층의 출력 수와 다릅니다.`,
  sequential_finite: ({ source, name }) => `${source}: ${name}에 유한하지 않은 값이 있습니다.`,
  sequential_logits: 'output_activation: 클래스에 대한 출력은 로짓입니다. 빼 주세요.',
  sequential_activations: ({ count, layers }) =>
    `activation: 은닉층 ${layers}개에 활성화 함수가 ${count}개입니다. 하나만 주거나 층마다 하나씩 주세요.`,
};
