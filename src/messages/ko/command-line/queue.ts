import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import type { ConnectionProblem, queue as english, WorkState } from '../../en/command-line/queue.ts';
import { list, several, some } from '../words.ts';

const connectionProblems: Record<ConnectionProblem, string> = {
  refused: '그곳에서 연결을 받는 프로그램이 없습니다',
  unknown_host: '이 이름의 컴퓨터가 없습니다',
  timeout: '응답이 없습니다. 주소가 맞는지, TLS가 필요하면 rediss://로 적었는지 확인하세요',
  closed: '연결을 끊었습니다. 다시 시작하는 중이거나 TLS(rediss://)가 필요한지 확인하세요',
  password: '이 사용자와 비밀번호를 받아들이지 않습니다',
  password_missing: '비밀번호가 필요합니다. 호스트 앞에 user:password@를 적거나 PERCEPTRON_LAB_QUEUE_PASSWORD에 두세요',
  database: '이 번호의 데이터베이스가 없습니다',
  certificate: '인증서를 믿을 수 없습니다. 다른 인증 기관의 파일은 NODE_EXTRA_CA_CERTS로 지정합니다',
  certificate_name: '인증서가 다른 이름의 것입니다. 인증서에 적힌 이름을 쓰세요',
  certificate_expired: '인증서의 기한이 지났습니다',
  old: 'Redis 6.2보다 오래되었습니다',
  other: '쓸 수 없습니다',
};

function priorityCount({ priority, waiting }: { priority: number; waiting: number }): string {
  return `${priority === 0 ? '우선순위 없음' : `우선순위 ${priority}`}: ${waiting}개`;
}

const workStates: Record<WorkState, string> = {
  training: '학습 중',
  away: '보낸 쪽 응답 없음',
  done: '완료',
  left: '작업자에게 맡김',
  failed: '실패',
};

export const queue: Translation<typeof english> = {
  queue_package_missing: ({ names, install }) =>
    `--queue: npm 패키지 ${names.join(', ')}이(가) 필요합니다: npm install ${install.join(' ')}`,
  queue_address:
    '--queue: Redis 서버의 주소가 아닙니다. redis://user:password@host:6379/0처럼 적고, TLS는 rediss://로 적으세요.',
  queue_unreachable: ({ queue, problem, detail }) =>
    `--queue: ${queue}: ${connectionProblems[problem]}${detail ? ` (${detail})` : ''}.`,
  queue_lost: ({ queue }) => `${queue}와(과) 연결이 끊겼습니다. 다시 이어질 때까지 시도합니다.`,
  queue_back: ({ queue }) => `${queue}와(과) 다시 이어졌습니다.`,
  queue_evicts: ({ queue, policy }) =>
    `${queue}은(는) 메모리가 모자라면 키를 지웁니다(maxmemory-policy ${policy}). 작업과 표도 지워질 수 있으니 noeviction으로 바꾸세요.`,
  queue_full: ({ queue }) => `${queue}에 남은 메모리가 없습니다(maxmemory). 생길 때까지 다시 시도합니다.`,
  queue_disk: ({ queue }) =>
    `${queue}이(가) 파일을 쓰지 못해서, 쓸 수 있을 때까지 아무것도 받지 않습니다(MISCONF). 까닭은 그 로그에 있습니다. 다시 시도합니다.`,
  queue_refuses: ({ queue, detail }) => `${queue}이(가) 거절합니다(${detail}). 다시 시도합니다.`,
  queue_full_table: ({ queue, size }) =>
    `${queue}에 표를 넣을 메모리가 없습니다(압축해서 ${(size / 1e6).toFixed(1)} MB). maxmemory를 늘리고 --resume으로 이어 가세요.`,
  queue_table_too_large: ({ size, limit }) =>
    `--queue: 표가 ${(size / 1e6).toFixed(0)} MB로 보내기에 너무 큽니다. ${(limit / 1e6).toFixed(0)} MB까지 보낼 수 있습니다. 샤드는 표를 있는 자리에서 읽습니다(--shard).`,
  queue_without_out: '--queue: 결과가 하나씩 들어오므로 남길 곳이 필요합니다. --out으로 폴더를 주세요.',
  option_of_queue: ({ option }) => `${option}: 큐에 보내는 작업의 옵션입니다. --queue와 함께 주세요.`,
  lock_seconds: ({ text }) => `--lock: \`${text}\`은(는) 1에서 3600까지의 초가 아닙니다.`,

  job_foreign: '이 프로그램의 작업이 아닙니다. 스윕이나 fit의 작업에 있어야 할 것이 들어 있지 않습니다.',
  job_of_other_numbers:
    '같은 표와 설정에서 이 작업자가 얻은 시행이나 행이 보낸 컴퓨터의 것과 다릅니다. 두 프로그램이 같은 빌드인가요?',
  task_missing: '작업에 필요한 것이 이제 큐에 없습니다. --resume으로 이어 가면 다시 보냅니다.',
  queue_table_missing: '표가 이제 큐에 없습니다. --resume으로 이어 가면 다시 보냅니다.',
  queue_table_damaged: '큐에서 온 표가 보낸 표와 다릅니다. SHA-256이 다르며, 다시 보냅니다.',
  result_damaged: ({ job }) => `작업 ${job}의 결과가 손상되었거나 그 작업의 것이 아닙니다. 그 시행을 다시 학습합니다.`,
  trainer_ended: ({ how }) => `학습하던 프로세스가 스스로 끝났습니다(${how}).`,

  jobs_sent: ({ jobs, trials, queue }) => `작업 ${several(jobs)}, 시행 ${several(trials)}를 ${queue}에 보냈습니다.`,
  stage_sent: ({ jobs, trials, until, queue }) =>
    `작업 ${several(jobs)}, 시행 ${several(trials)}를 ${until === undefined ? '끝까지' : `에포크 ${whole(until)}까지`} ${queue}에 보냈습니다.`,
  packs_sent: ({ packs, queue }) =>
    packs === undefined
      ? `신경망 묶음을 작업자가 받을 수 있는 만큼 ${queue}에 보냅니다. 시간은 작업자가 첫 묶음을 받을 때부터 셉니다.`
      : `신경망 묶음 ${several(packs)}를 ${queue}에 보냈습니다.`,
  trials_trained: ({ count, machines }) =>
    `큐의 시행 ${several(count)}이며, 학습한 컴퓨터는 ${some(machines, 4)}입니다.`,
  packs_trained: ({ packs, machines }) =>
    `큐의 묶음 ${several(packs)}이며, 학습한 컴퓨터는 ${some(machines, 4)}입니다.`,
  packs_failed: ({ count, why }, say) => `묶음 ${several(count)}가 실패해서 뺐습니다: ${say(why)}`,
  jobs_failed: ({ count, of, why }, say) =>
    `작업 ${several(of)} 가운데 ${several(count)}가 실패했습니다: ${say(why)} 나머지는 끝났고, --resume이 실패한 것을 다시 시도합니다.`,
  no_workers: ({ version, versions }) =>
    versions.length > 0
      ? `버전 ${version}의 작업자가 아직 없습니다. ${versions.join(', ')}의 작업자는 이 작업을 받지 않습니다.`
      : '작업자가 아직 없습니다. perceptron-lab worker --queue로 띄우세요.',
  other_versions: ({ version, versions }) =>
    `${versions.join(', ')}의 작업도 그곳에 있지만 이 작업자(버전 ${version})는 받지 않습니다.`,
  sweep_left: ({ count, of, halving }) =>
    `시행 ${several(of)} 가운데 ${several(count)}가 아직 큐에 있고 작업자가 ${halving ? '다음 단계까지 ' : ''}계속합니다. 같은 명령에 --resume을 붙이면 결과를 이어 받습니다.`,

  queue_jobs: ({ waiting, active, delayed, done, failed, priorities }) =>
    `대기 ${waiting + delayed}개${priorities ? `(${priorities.map(priorityCount).join(', ')})` : ''}, 학습 중 ${active}개, 끝나서 가져갈 것 ${done}개, 실패 ${failed}개`,
  queue_speed: ({ rate, left }) =>
    `지난 1분 동안 초당 시행 ${rate.toPrecision(3)}개${left === undefined ? '' : `, ${left} 남음`}`,
  queue_work: ({ kind, table, target }) => `${table}: ${target}, ${kind === 'sweep' ? '스윕' : 'fit'}`,
  queue_work_state: ({ state }) => workStates[state],
  queue_work_trials: ({ ended, trials }) => `시행 ${several(trials)} 중 ${several(ended)}`,
  queue_work_networks: ({ networks }) => `신경망 ${several(networks)}`,
  queue_idle: '지난 1분 동안 학습한 것이 없습니다',
  queue_cleared: ({ jobs, queue }) => `${queue}에서 작업 ${several(jobs)}와 모든 표를 지웠습니다.`,
  queue_failure: ({ job, attempts, why }, say) => `작업 ${job}, 시도 ${several(attempts)}: ${say(why)}`,
  queue_action: ({ text, known }) => `queue: \`${text}\`은(는) 할 수 없습니다. 할 수 있는 것은 ${list(known)}입니다.`,

  worker_waits: ({ machine, engine, adapter, queue }) =>
    `${machine}: ${engine}(${adapter})이(가) ${queue}의 작업을 기다립니다.`,
  worker_job: ({ machine, job, trials, seconds, jobs, rate }) =>
    `${machine}: 작업 ${job} 끝, 시행 ${several(trials)}에 ${seconds.toFixed(2)}초. 지금까지 작업 ${several(jobs)}, 초당 시행 ${rate.toPrecision(3)}개.`,
  worker_failed: ({ machine, job, why }, say) => `${machine}: 작업 ${job} 실패: ${say(why)}`,
  worker_notice: ({ machine, job, what }, say) => `${machine}: 작업 ${job}: ${say(what)}`,
  worker_gives_back: ({ machine, count }) => `${machine}: 끝내면서 작업 ${several(count)}를 큐에 돌려줍니다.`,
  worker_lost_job: ({ machine, job }) =>
    `${machine}: 너무 오래 응답하지 않아 작업 ${job}이(가) 다른 작업자에게 갔습니다.`,
};
