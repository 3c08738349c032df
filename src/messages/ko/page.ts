import type { Translation } from '../../util/message.ts';
import { count as whole } from '../../util/thousands.ts';
import { gigabytes } from '../en/engines/engines.ts';
import type { page as english } from '../en/page.ts';

export const page: Translation<typeof english> = {
  panel_unknown: ({ name, choices }) =>
    `주소에 있는 \`${name}\` 패널은 없습니다. 있는 패널: ${choices.join(', ')}. 모두 보여 줍니다.`,
  link_too_long: ({ limit }) => `전부(${whole(limit)}자를 넘음)`,
  link_word_twice: ({ name }) => `\`${name}\`이(가) 두 번 있어 마지막 것을 씁니다`,
  problems_more: ({ count }) => `그 밖에 ${whole(count)}개`,
  sample_unfetched: ({ file, why }, say) =>
    `예제 ${file}을(를) 가져오지 못했습니다(${say(why)}). 연결을 확인하고 다시 고르세요.`,
  response_status: ({ status }) => `상태 ${status}`,
  server_unreached: '서버에 닿지 않음',
  reading_cancelled: '읽기를 취소했습니다.',
  table_missing: '아직 표가 없습니다. CSV 파일을 여세요.',
  table_without_target: '표에 예측할 열이 없습니다.',
  run_table_missing: '이 기록의 표가 더는 보관되어 있지 않습니다. 그 파일을 연 다음 기록을 여세요.',
  explain_table_missing: '예측은 다른 행들의 예측과 비교해서 설명합니다. 이 모델의 열이 있는 표를 여세요.',
  model_missing: '아직 모델이 없습니다. 학습하거나 파일에서 불러오세요.',
  memory_asked: ({ bytes }) => `학습에 메모리가 ${gigabytes(bytes)}쯤 듭니다. 직접 시작하세요.`,
  database_closed: '디스크가 가득 찼을 때처럼 브라우저가 데이터베이스를 열지 못함',
  worker_stopped: ({ detail }) => `학습 워커가 멈추었습니다${detail && `: ${detail}`}. 초기화하면 새로 시작합니다.`,
  worker_stopped_often: '학습 워커가 이 지점에서 여러 번 멈추었습니다. 초기화하면 새로 시작합니다.',
  worker_stopped_early: '에포크가 하나도 보관되기 전에 학습 워커가 멈추었습니다.',
  device_gone: ({ why }, say) => `GPU 장치를 잃었고(${say(why)}), 다른 장치를 얻지 못했습니다.`,
  device_lost_often: ({ why }, say) =>
    `GPU 장치를 잃었습니다(${say(why)}). 이 지점에서 여러 번 잃었습니다. 초기화하면 새 장치에서 다시 시작합니다.`,
  device_not_replaced: ({ why, problem }, say) =>
    `GPU 장치를 잃었습니다(${say(why)}). 새 장치에서 이어 갈 수 없었습니다: ${say(problem)} 초기화하면 다시 시작합니다.`,
};
