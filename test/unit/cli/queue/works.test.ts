/** What `queue status` lists of sweeps and fits. */
import { afterEach, expect, it } from 'vitest';
import { takeLanguage } from '../../../../src/cli/language.ts';
import { worksTable } from '../../../../src/cli/queue/works.ts';
import type { PublishedWork } from '../../../../src/queue/published.ts';

const common = { version: 'test', table: 'houses.csv', target: 'price', at: 0, seconds: 60 };
const fit: PublishedWork['status'] = {
  ...{ kind: 'fit', ...common, priority: 7, state: 'training', seconds_left: 90, best: 2.5 },
  metric: { set: 'validation', name: 'log_loss', large: false },
  ...{ networks: 1200, members: 8, packs: 30, of_seconds: 150, of_packs: null, linear: 4, baseline: 9 },
  points: { seconds: [], score: [] },
};
const sweep: PublishedWork['status'] = {
  ...{ kind: 'sweep', ...common, state: 'training', seconds_left: 30, metric: null, best: null },
  ...{ trials: 2000, ended: 0, diverged: 0, epochs: 0, of_epochs: 10, combinations: 2, varied: [], leaders: [] },
  points: { ended: [], score: [], cell: [] },
};
const works: PublishedWork[] = [
  { id: 'a', away: false, status: fit },
  { id: 'b', away: true, status: sweep },
];

const rows = () =>
  worksTable(works)
    .split('\n')
    .map((line) => line.split(/ {2,}/).filter(Boolean));

afterEach(() => takeLanguage(['--lang', 'en']));

it('says how far each is, how good, and how urgent', () => {
  expect(rows()).toEqual([
    ['sweep or fit', 'state', 'done', 'best', 'time left', 'priority'],
    ['houses.csv: price, fit', 'training', '1\u202f200 networks', 'log loss 2.500', '1 min 30 s', '7'],
    ['houses.csv: price, sweep', 'submitter away', '0 of 2\u202f000 trials', '–', '–', '50'],
  ]);
});

it('in Korean too', async () => {
  await takeLanguage(['--lang', 'ko']);
  expect(rows()).toEqual([
    ['스윕이나 fit', '상태', '진행', '최고', '남은 시간', '우선순위'],
    ['houses.csv: price, fit', '학습 중', '신경망 1\u202f200개', '로그 손실 2.500', '1 min 30 s', '7'],
    ['houses.csv: price, 스윕', '보낸 쪽 응답 없음', '시행 2\u202f000개 중 0개', '–', '–', '50'],
  ]);
});
