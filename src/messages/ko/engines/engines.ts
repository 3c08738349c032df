import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import { type engines as english, gigabytes, type Smaller } from '../../en/engines/engines.ts';

function smallerUses({ trials_fitting, units, batch_size }: Smaller): string {
  const uses = [
    trials_fitting > 0 && `한 번에 ${whole(trials_fitting)}개 이하`,
    units > 0 && `은닉층마다 유닛 ${whole(units)}개 이하`,
    batch_size > 0 && `batch_size ${whole(batch_size)} 이하`,
  ].filter((use) => use !== false);
  if (uses.length === 0) return '행, 열, 범주나 은닉층을 줄이세요';
  return `${uses.join(', 또는 ')}로 줄이세요`;
}

export const engines: Translation<typeof english> = {
  memory_budget: ({ name, size }) => `${name}: ${size}은(는) 메모리 한도가 아닙니다. 0보다 큰 바이트 수를 주세요.`,
  memory_beyond: ({ trials, bytes, limit, others, ...smaller }) =>
    `${trials > 1 ? `학습 ${trials}개를 함께 하려면` : '학습하려면'} 메모리가 ${gigabytes(bytes)} 필요한데 ` +
    `${gigabytes(limit)}밖에 없습니다${others > 0 ? `(그중 ${gigabytes(others)}는 다른 학습에 필요합니다)` : ''}. ` +
    `${smallerUses(smaller)}.`,
  threads: ({ option, input, most }) =>
    `${option}: ${input}은(는) 스레드 수가 아닙니다. 1부터 ${most}까지의 정수를 주세요.`,
  webgpu_asked: ({ why }, say) => `engine: 여기서는 WebGPU를 쓸 수 없습니다(${say(why)}). cpu를 고르세요.`,
  webgpu_absent: '이 브라우저나 실행 환경이 지원하지 않습니다',
  no_adapter: '쓸 수 있는 그래픽 어댑터가 없습니다',

  plan_not_here: ({ code, engine }) =>
    `plan: 이 엔진(${engine})에서는 \`${code}\` 계획을 쓸 수 없습니다. plan을 빼거나, 그 계획이 나온 엔진과 컴퓨터를 쓰세요.`,

  asked_for: '직접 골랐습니다',
  no_webgpu: ({ why }, say) => `WebGPU를 쓸 수 없습니다(${say(why)})`,
  only_software: ({ adapter }) =>
    `여기의 WebGPU 어댑터는 GPU를 흉내 내는 CPU(${adapter})뿐이어서, WebGPU 없이 CPU로 학습합니다`,

  checkpoint_other: '체크포인트가 다른 학습의 것입니다. 새로 시작하세요.',
  checkpoint_plan: ({ theirs, ours }) =>
    `체크포인트의 계획은 ${theirs}인데 이 학습의 계획은 ${ours}입니다. 새로 시작하세요.`,
};
