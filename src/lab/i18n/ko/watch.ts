import type { AllTexts } from '../all.ts';

export const watch: AllTexts['watch'] = {
  title: '큐',
  asking: '큐의 상태를 묻는 중입니다.',
  notServed: '이 페이지는 큐와 함께 열리지 않았습니다. 큐와 함께 여는 명령:',
  serverLost: '이 페이지를 연 명령이 응답하지 않습니다. 끝났을 수 있습니다. 페이지가 다시 시도합니다.',
  unreachable: (queue) =>
    `${queue}이(가) 응답하지 않습니다. 아래는 마지막으로 알려진 상태이며, 서버가 돌아오면 저절로 이어집니다.`,
  sweeps: '스윕',
  noSweeps: '이 큐에 스윕이 없고, 지난 하루 동안에도 없었습니다. 스윕을 보내는 명령:',
  unread: (sweeps) => `다른 버전이 보낸 스윕 ${sweeps}개는 보여 줄 수 없습니다.`,
  sweepOf: ({ table, target }) => `${table}: ${target}`,
  states: { training: '학습 중', away: '보낸 쪽 응답 없음', done: '완료', left: '작업자에게 맡김', failed: '실패' },
  ended: ({ ended, trials }) => `시행 ${trials}개 중 ${ended}개`,
  endedAndLeft: ({ ended, trials, left }) => `시행 ${trials}개 중 ${ended}개, 약 ${left} 남음`,
  allEnded: ({ trials, time }) => `시행 ${trials}개, ${time}`,
  done: ({ trials, time }) => `완료: 시행 ${trials}개, ${time}. 보고서와 모델은 스윕을 보낸 곳에 있습니다.`,
  awayHelp:
    '스윕을 보낸 명령이 응답하지 않습니다. 작업자는 계속하며, 같은 명령을 --resume으로 실행하면 결과를 거둡니다.',
  leftHelp: '스윕을 보낸 명령이 끝났습니다. 작업자는 계속하며, 같은 명령을 --resume으로 실행하면 결과를 거둡니다.',
  failedHelp:
    '일부 작업이 실패했고 나머지는 모두 끝났습니다. 같은 명령을 --resume으로 실행하면 실패한 작업만 다시 합니다.',
  otherVersion: (version) => `버전 ${version}이(가) 보냈습니다.`,
  jobs: '작업',
  jobCounts: ({ waiting, active, done, failed }) =>
    `대기 ${waiting}개, 학습 중 ${active}개, 끝남 ${done}개, 실패 ${failed}개`,
  speedAndLeft: ({ rate, left }) => `초당 시행 ${rate}개, 약 ${left} 남음`,
  idle: '지난 1분 동안 학습한 것이 없습니다.',
  failures: '실패한 작업, 최근 것부터',
  failure: ({ job, attempts }) => `작업 ${job}, ${attempts}번 시도:`,
  workers: (workers) => `작업자(${workers})`,
  noWorkers: '작업자가 없습니다. 학습할 컴퓨터마다 실행할 명령:',
  perSecond: (rate) => `초당 시행 ${rate}개`,
  workerJobs: ({ active, concurrency, jobs, trials }) =>
    `${concurrency}개 중 ${active}개 학습 중, 끝난 작업 ${jobs}개, 시행 ${trials}개`,
  workerVersion: (version) => `버전 ${version}: 이 작업들을 받지 않습니다`,
  scores: '시행 점수',
  trialsEnded: '끝난 시행',
  combination: '조합',
  best: '최고',
  onlySome: ({ shown, ended }) => `시행 ${ended}개 중 ${shown}개를 그렸습니다`,
  beyond: (trials) => `${trials}개는 축 밖`,
  chosenTrials: '선택한 조합',
  scoresEmpty: '시행이 끝나는 대로 점수가 여기에 나옵니다.',
  scoresSummary: ({ metric, trials, best }) =>
    `끝난 순서대로 시행 ${trials}개의 ${metric}. 지금까지 가장 좋은 값은 ${best}.`,
  endedAs: (place) => `${place}번째로 끝남`,
  someCombinations: ({ shown, all }) => `조합 ${all}개 중 ${shown}개에 끝난 시행이 있습니다.`,
  bestCombinations: ({ shown, all }) => `조합 ${all}개 중 상위 ${shown}개.`,
};
