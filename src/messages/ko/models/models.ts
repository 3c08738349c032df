import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import { chosenPercent } from '../../../util/words.ts';
import type { models as english } from '../../en/models/models.ts';

const sides = (shape: readonly number[]) => `[${shape.join(', ')}]`;

export const models: Translation<typeof english> = {
  not_safetensors: ({ source, why }, say) => `${source}은(는) safetensors 파일이 아닙니다. ${say(why)}.`,
  header_length_missing: '8바이트보다 짧습니다',
  header_length_wrong: '머리글의 길이로 시작하지 않습니다',
  header_cut: '머리글 안에서 끝납니다. 잘렸을 수 있으니 다시 복사하세요',
  header_not_json: '머리글가 JSON이 아닙니다',
  header_start: '머리글가 {로 시작하지 않습니다',
  header_unreadable: ({ why }, say) => `머리글을 읽을 수 없습니다(${say(why).replace(/\.$/, '')})`,
  metadata_not_text: '메타데이터가 이름과 텍스트의 짝이 아닙니다',
  header_no_tensor: ({ name }) => `머리글에 적힌 ${JSON.stringify(name)}이(가) 텐서가 아닙니다`,

  tensor_overlaps: ({ name }) => `${name}이(가) 앞의 텐서가 끝나기 전에 시작합니다`,
  tensor_gap: ({ name }) => `${name} 앞에 어느 텐서의 것도 아닌 바이트가 있습니다`,
  tensor_size: ({ name, size, expected }) => `${name}의 크기는 ${expected}바이트가 아니라 ${size}바이트입니다`,
  bytes_left: ({ size }) => `마지막 텐서 뒤에 ${whole(size)}바이트가 더 있습니다`,

  not_our_model: ({ source, why }, say) => `${source}은(는) Perceptron Lab의 모델이 아닙니다. ${say(why)}.`,
  model_of_others: '다른 프로그램이 쓴 safetensors 파일입니다',
  model_version: ({ version, versions }) =>
    `버전은 ${JSON.stringify(version)}인데 이 프로그램은 버전 ${versions.join(', ')}을(를) 읽습니다`,
  model_part_unreadable: ({ name, why }, say) => `${name}을(를) 읽을 수 없습니다(${say(why).replace(/\.$/, '')})`,
  model_outputs: '마지막 층의 출력이 목표와 맞지 않습니다',
  member_weights: ({ total }) => `구성 모델의 가중치를 더하면 1이 아니라 ${total}입니다`,
  member_losses: ({ losses }) => `구성 모델들이 서로 다른 손실(${losses.join(', ')})로 학습되었습니다`,
  model_calibration: '보정 정보가 다른 종류의 모델의 것입니다',
  tensor_count: ({ count, layers, expected }) => `텐서가 ${count}개인데 층 ${layers}개면 ${expected}개여야 합니다`,
  tensor_empty: ({ name }) => `${name}이(가) 비어 있습니다`,
  layer_embedding: ({ name }) => `${name}이(가) 없는 입력을 임베딩하거나 같은 입력을 두 번 임베딩합니다`,
  tensor_missing: ({ name }) => `텐서 ${name}이(가) 없습니다`,
  tensor_type: ({ name, type }) => `${name}은(는) F32가 아니라 ${JSON.stringify(type)}입니다`,
  tensor_shape: ({ name, shape, wanted }) => `${name}의 모양은 ${sides(wanted)}이(가) 아니라 ${sides(shape)}입니다`,
  tensor_not_finite: ({ name, count }) => `${name}의 값 가운데 ${count}개가 유한한 수가 아닙니다`,
  layer_kinds: ({ count, layers }) => `층 ${count}개의 종류가 적혀 있는데 층은 ${layers}개입니다`,
  settings_of_other_layers: ({ setting, input, layers }) =>
    `설정의 ${setting}은(는) ${input}인데 층의 것은 ${layers}입니다`,
  tensor_cut: ({ source, name }) => `${source}이(가) ${name} 안에서 끝납니다. 잘렸을 수 있으니 다시 복사하세요.`,

  level_range: ({ input }) => `${input}은(는) 구간의 수준이 아닙니다. 0과 1 사이의 비율을 주세요. 예: 0.9`,
  no_intervals:
    '이 모델에는 구간이 없습니다. 구간은 숫자에만 있고, fit처럼 떼어 둔 행의 오차가 있는 모델에만 있습니다.',
  level_unreachable: ({ level, count, fewest, reachable }) =>
    `답의 ${chosenPercent(level)}이(가) 들어가는 구간에는 행 ${whole(fewest)}개의 오차가 필요한데, 이 모델에는 ${count}개의 오차가 있어 ${chosenPercent(reachable)}까지 됩니다.`,

  answers_not_finite: ({ source, count, row }) =>
    `${source && `${source}: `}행 ${whole(count)}개의 예측이 유한한 수가 아닙니다. 첫 번째는 ${row}행입니다. 이 모델의 합이 수의 범위를 넘습니다.`,
  answer_not_finite: '예측이 유한한 수가 아닙니다. 이 값에서는 모델의 합이 수의 범위를 넘습니다.',
  rows_trained_on: ({ source, count, learned, all }) =>
    `${source}은(는) 이 모델이 나온 표와 이름도 행의 수(${whole(count)}개)도 같고, 모델은 그 가운데 ${all ? '모두' : `${whole(learned)}개`}에서 배웠습니다. 그 표라면 이 점수는 새 행의 점수가 아닙니다.`,
  answers_there: ({ source, column }) =>
    `${source}에는 이미 ${JSON.stringify(column)} 열이 있습니다. 이름을 바꾸거나 빼세요.`,
};
