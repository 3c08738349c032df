import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import type { shards as english, ShardDifference, ShardNamed } from '../../en/command-line/shards.ts';
import { valueProblems } from '../training/sweeps.ts';
import { several, some } from '../words.ts';

const differences: Record<ShardDifference, string> = {
  command: '하나는 스윕의 것이고 하나는 fit의 것입니다',
  program: '프로그램의 버전이 서로 다릅니다',
  job: '학습할 내용이 서로 다릅니다',
  data: '데이터 설정이 서로 다릅니다',
  rows: '표가 서로 다릅니다',
  number: '샤드의 수가 서로 다르고, 정한 시간이 지나서 끝난 것입니다',
};

const named = ({ folder, shard }: ShardNamed) => `${folder}(샤드 ${shard})`;

export const shards: Translation<typeof english> = {
  shard_invalid: ({ text }) =>
    `--shard: "${text}"은(는) 전체의 한 부분이 아닙니다. 3/16처럼 주세요. 열여섯 가운데 셋째이며 1부터 셉니다.`,
  shard_without_out: '--shard: 나중에 그 폴더에서 다른 샤드와 합칩니다. 폴더를 --out으로 주세요.',
  shard_and_queue:
    '--shard: 서로 모르는 컴퓨터에 나눌 때 쓰고, --queue는 큐로 이어진 컴퓨터에 나눌 때 씁니다. 하나만 주세요.',
  shard_halving:
    '--shard: 연속 반감에서는 어느 조합이 남을지를 모든 시행을 보고 정하므로 샤드 하나만 학습할 수 없습니다. 한 컴퓨터나 큐에서 학습하거나 스윕 파일에서 "halving"을 빼세요.',
  shard_other: ({ folder, held, shard }) =>
    `--resume: ${folder}에는 샤드 ${shard}이(가) 아니라 ${held}이(가) 있습니다. 그것을 주거나 다른 폴더를 주세요.`,
  fit_other: ({ folder }) =>
    `--resume: ${folder}에는 다른 fit의 묶음이 있습니다. 표나 설정, 또는 프로그램의 버전이 다릅니다. 같은 것을 주거나 다른 폴더를 주세요.`,
  shard_begins: ({ shard, count, of }) => `샤드 ${shard}: 시행 ${several(of)} 가운데 ${several(count)}.`,
  fit_shard_trained: ({ packs, networks, diverged, time }) =>
    `묶음 ${several(packs)}, 학습한 신경망 ${several(networks)}${diverged > 0 ? `, 발산 ${several(diverged)}` : ''}, ${time}`,
  resume_without_shard:
    '--resume: fit의 샤드나 큐의 fit을 이어 갑니다. 혼자 하는 fit은 정한 시간이 지나면 끝납니다. --shard나 --queue를 주세요.',
  shard_done: ({ of, command }) =>
    of === 1
      ? `샤드는 이것 하나입니다. 결과는 ${command} 명령으로 만듭니다.`
      : `샤드 ${several(of)} 가운데 하나입니다. 결과는 모든 샤드의 폴더로 ${command} 명령으로 만듭니다.`,
  merge_into_shard: ({ folder }) =>
    `--out: ${folder}은(는) 샤드 가운데 하나라서 합친 결과가 그 파일을 대신하게 됩니다. 다른 폴더를 주세요.`,
  merge_without_out: '--out: 빠졌습니다. 결과를 쓸 폴더를 주세요.',
  folder_without_shard: ({ folder }) => `${folder}: 샤드가 없습니다. --shard --out이 쓴 폴더를 주세요.`,
  shard_unreadable: ({ file, damage }) =>
    `${file}: ${valueProblems[damage]}. 무엇의 샤드인지를 담은 파일이며, 그 샤드를 학습한 명령에 --resume을 붙이면 다시 씁니다.`,
  shards_foreign: ({ folder, other, difference }) =>
    `${other}와(과) ${folder}은(는) 함께 합칠 수 없습니다: ${differences[difference]}. 같은 명령의 샤드만 합치세요.`,
  shards_table_other: ({ file }) => `${file}: 샤드가 학습한 표가 아닙니다. 그 표를 --table로 주세요.`,
  shards_table_missing: ({ file }) => `${file}: 샤드가 학습한 표가 없습니다. 지금 있는 곳을 --table로 주세요.`,
  shards_missing: ({ missing, command }) => `빠진 샤드: ${some(missing, 8)}. 빠진 것을 학습하세요: ${command}`,
  shards_unfinished: ({ unfinished, left, what, command, damaged }) =>
    `끝나지 않은 샤드: ${some(unfinished.map(named), 8)}. 남은 ${what === 'trial' ? '시행은' : '묶음은'} ${several(left)}입니다${damaged.length > 0 ? `(손상: ${some(damaged, 3)})` : ''}. 이어 가세요: ${command}`,
  pack_differs: ({ pack, folder, other }) =>
    `fit의 묶음 ${whole(pack)}: ${other}와(과) ${folder}에 결과가 서로 다르게 들어 있습니다. 두 폴더 가운데 하나를 빼세요.`,
  packs_merged: ({ packs, folders, machines }) =>
    `폴더 ${several(folders)}의 묶음 ${several(packs)}이며, 학습한 컴퓨터는 ${some(machines, 4)}입니다.`,
  packs_doubled: ({ count, names }) =>
    `묶음 ${several(count)}가 여러 폴더에 같은 결과로 들어 있어 한 번만 셉니다: ${some(names, 4)}.`,
  trial_differs: ({ trial, folder, other }) =>
    `${trial}: ${other}와(과) ${folder}에 결과가 서로 다르게 들어 있습니다. 똑같이 학습한 것이 아닙니다. 두 폴더 가운데 하나를 빼세요.`,
  shards_merged: ({ count, folders, machines }) =>
    `폴더 ${several(folders)}의 시행 ${several(count)}이며, 학습한 컴퓨터는 ${some(machines, 4)}입니다.`,
  trials_doubled: ({ count, names }) =>
    `시행 ${several(count)}가 여러 폴더에 같은 결과로 들어 있어 한 번만 셉니다: ${some(names, 4)}.`,
  trials_on_engines: ({ engines }) =>
    `시행을 여러 엔진에서 학습했습니다: ${some(engines, 4)}. 같은 시행이라도 마지막 자릿수가 다를 수 있습니다.`,
};
