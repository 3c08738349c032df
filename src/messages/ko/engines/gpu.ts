import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import {
  type Doing,
  digits,
  type gpu as english,
  type residentContents as englishContents,
  type planHelp as englishHelp,
  type residentMemory as englishMemory,
  type works as englishWorks,
  megabytes,
  otherPlan,
  shortRate,
} from '../../en/engines/gpu.ts';

type Needed = Parameters<(typeof english)['memory_short']>[0];

const doings: Record<Doing, string> = {
  'testing itself': '자체 검사',
  'making the population': '학습 준비',
  training: '학습',
  evaluating: '평가',
  predicting: '예측',
  'checking parameters': '파라미터 확인',
  'reading parameters': '파라미터 읽기',
  saving: '저장',
};

const works: Record<keyof typeof englishWorks, string> = {
  training: '학습',
  evaluating: '평가',
  predicting: '예측',
  checking: '파라미터 확인',
};

const fewer = '더 적은 유닛, 더 작은 배치 크기, 또는 엔진 cpu로 해 보세요.';

const needed = ({ work, trials, bytes, parts }: Needed) =>
  `${trials > 1 ? `시행 ${trials}개를 함께 하는 ` : ''}${works[work]}에 GPU 메모리 ${megabytes(bytes)} MB(${parts.map((part) => `${part.name} ${megabytes(part.bytes)}`).join(', ')})가 필요한데`;

const beyond = ({ bytes, limit }: { bytes: number; limit: number }) =>
  `${megabytes(bytes)} MB가 필요한데 이 어댑터의 가장 큰 버퍼는 ${megabytes(limit)} MB입니다.`;

const planHelp: Record<keyof typeof englishHelp, string> = {
  cpu: '엔진 cpu를 쓰세요',
  resident: 'auto나 resident를 고르세요',
  layered: 'auto나 layered를 고르세요',
  smaller: '배치 크기나 유닛을 줄이세요',
};

const residentContents: Record<keyof typeof englishContents, string> = {
  activations: '배치 하나의 활성값',
  rows: '배치 하나의 행 번호',
  all_activations: '모든 시행의 활성값',
};

const residentMemory: Record<keyof typeof englishMemory, string> = {
  workgroup: '작업 그룹 메모리',
  storage: '저장 버퍼 하나',
};

export const gpu: Translation<typeof english> = {
  self_test_failed: ({ adapter, why }, say) =>
    `WebGPU 어댑터 ${adapter}이(가) 자체 검사를 통과하지 못했습니다(${say(why).replace(/\.$/, '')}). cpu를 고르세요.`,
  self_test_number: ({ name, found, expected }) => `${name}: ${digits(expected)}이어야 하는데 ${digits(found)}입니다`,
  device_refused: ({ adapter, cause }) => `어댑터 ${adapter}이(가) 장치를 주지 않습니다: ${cause}`,
  device_lost: ({ doing, why }, say) => `${doings[doing]} 중에 GPU 장치를 잃었습니다: ${say(why)}.`,
  engine_closed: '엔진이 닫혔습니다',
  gpu_process_ended: '브라우저의 GPU 프로세스가 끝났습니다',
  loss_unexplained: '알려진 이유 없음',
  gpu_error: ({ doing, cause }) => `${doings[doing]} 중에 GPU가 오류를 알렸습니다: ${cause}`,
  kernel_broken: ({ name, cause }) => `GPU 커널 "${name}"을(를) 컴파일할 수 없습니다: ${cause}`,

  memory_short: (p) => `${needed(p)} 장치에 남은 것보다 많습니다. ${p.trials > 1 ? '더 적은 시행, ' : ''}${fewer}`,
  budget_short: ({ budget, held, fitting, ...p }) =>
    `${needed(p)} 메모리 한도 ${megabytes(budget)} MB${held > 0 ? `(그중 ${megabytes(held)} MB 사용 중)` : ''}보다 많습니다. ${fitting > 0 ? `시행 ${fitting}개${fitting > 1 ? ' 이하' : ''}, ` : ''}${fewer}`,
  buffer_too_large: ({ name, bytes, limit }) =>
    `${name}에 ${megabytes(bytes)} MB가 있어야 하는데 이 어댑터의 버퍼 하나에는 ${megabytes(limit)} MB까지만 들어갑니다. ${fewer}`,
  rows_too_many: (p) => `학습 행의 목록에 ${beyond(p)} 학습 행을 ${p.count}개 이하로 줄이거나 엔진 cpu를 쓰세요.`,
  parameters_too_many: (p) =>
    `파라미터와 옵티마이저가 그것에 쓰는 값에 ${beyond(p)} ${p.units > 0 ? `은닉층의 유닛을 ${whole(p.units)}개 이하로 하거나` : '유닛을 줄이거나'} 옵티마이저 sgd 또는 엔진 cpu를 쓰세요.`,
  batch_too_large: (p) => `배치 하나에 ${beyond(p)} 배치 크기를 ${p.count} 이하로 하거나 유닛을 줄이세요.`,

  adapter_real: ({ adapter }) => `WebGPU가 실제 GPU(${adapter})에서 동작합니다`,
  adapter_failing: ({ adapter, why }, say) =>
    `WebGPU 어댑터 ${adapter}이(가) 자체 검사를 통과하지 못해(${say(why).replace(/\.$/, '')}), WebGPU 없이 CPU로 학습합니다`,
  only_room: ({ why }, say) => `다른 엔진에는 메모리가 모자랍니다: ${say(why).replace(/\.$/, '')}`,
  measured: '재어 보고 골랐습니다',
  cpu_far_behind: ({ rate }) => `재어 보니 초당 ${shortRate(rate)} 스텝이고, CPU는 훨씬 느립니다`,
  both_measured: ({ adapter, rate, other }) =>
    `재어 보니 WebGPU(${adapter})에서 초당 ${shortRate(rate)} 스텝, CPU에서 ${shortRate(other)} 스텝입니다`,

  plan_refused: ({ why, help }, say) => `plan: 이 계획으로는 학습할 수 없습니다. ${say(why)}. ${planHelp[help]}.`,
  resident_refused: ({ why, help }, say) => `plan: resident 계획에 맞지 않습니다. ${say(why)}. ${planHelp[help]}.`,
  layers_too_many: ({ most }) => `layered 계획은 층을 ${most}개까지 학습합니다`,
  embedded_too_many: ({ most }) => `layered 계획은 특성이 ${most}개 이하인 모델의 특성만 임베딩합니다`,
  layered_unlike: 'layered 계획은 모든 시행의 활성화 함수, 옵티마이저, 배치 크기가 같아야 합니다',
  resident_dense: 'resident 계획은 모든 텐서의 학습률이 같은 밀집층만 학습합니다',
  resident_full: ({ content, bytes, limit, memory }) =>
    `${residentContents[content]}에 ${bytes}바이트가 필요한데 이 장치의 ${residentMemory[memory]}에는 ${limit}바이트까지만 들어갑니다`,
  rows_for_layered: ({ most }) => `배치의 행이 ${most}개보다 많습니다`,
  step_for_layered: '한 스텝을 코어 하나로 하면 오래 걸립니다',
  plans_measured: ({ plan, rate, other, bounded }) =>
    bounded
      ? `재어 보니 초당 ${shortRate(rate)} 스텝이고, ${otherPlan[plan]} 계획은 ${shortRate(other)} 스텝을 넘을 수 없습니다`
      : `재어 보니 초당 ${shortRate(rate)} 스텝, ${otherPlan[plan]} 계획은 ${shortRate(other)} 스텝입니다`,

  custom_loss_gpu: ({ name }) =>
    `loss: ${name}은(는) 직접 준 손실이라서 WebGPU가 계산할 수 없습니다. 엔진으로 cpu나 reference를 요청하세요.`,
  custom_loss_cpu: '직접 준 손실이어서, 그것을 계산할 수 있는 CPU가 학습합니다',

  momentum_absent: 'momentum: 이 학습은 모멘텀 없이 시작했습니다. 쓰려면 새로 시작하세요.',
  clipping_absent: 'clip_norm: 이 학습은 기울기 클리핑 없이 시작했습니다. 쓰려면 새로 시작하세요.',
};
