import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import type { cli as english, FileReason, Stream, TableSize } from '../../en/command-line/cli.ts';
import { list, several, some } from '../words.ts';

const fileReasons: Record<FileReason, string> = {
  missing: '그런 파일이 없습니다',
  folder: '파일이 아니라 폴더입니다',
  within_file: '경로의 일부가 폴더가 아니라 파일입니다',
  denied: '권한이 없습니다',
  read_only: '디스크가 읽기 전용입니다',
  full: '디스크에 남은 자리가 없습니다',
  long_name: '이름이 너무 깁니다',
  many_open: '열린 파일이 너무 많습니다',
  broken: '디스크를 읽거나 쓸 수 없습니다',
  not_folder: '폴더가 아니라 파일입니다',
  no_place: '그곳에는 폴더를 만들 수 없습니다',
};

const streams: Record<Stream, string> = { input: '표준 입력', output: '표준 출력', unknown: '어떤 파일' };

const results = { sweep: '스윕', report: '보고서', fit: 'fit 결과', run: '학습 결과', shard: '샤드' };

const sizeOf = ({ rows, features }: TableSize) => `행 ${several(rows)}, 특성 ${several(features)}`;
const alike = (one: TableSize, other: TableSize) => one.rows === other.rows && one.features === other.features;

const meant = (near: string | undefined) => (near ? ` (혹시 ${near}?)` : '');
const inputName = (input: string) => (input === '-' ? streams.input : input);

export const cli: Translation<typeof english> = {
  command_unknown: ({ name, near }) =>
    `\`${name}\`(이)라는 명령은 없습니다${meant(near)}. perceptron-lab --help를 보세요.`,
  model_named_as_table: ({ file }) =>
    `${file}: 이름이 표의 것인데, 여기에는 모델이 와야 합니다. .safetensors나 .onnx 파일, 또는 그것이 든 폴더입니다.`,
  out_no_stream: '--out -: 여기서는 표준 출력이 아니라 폴더입니다. 폴더의 이름을 주세요.',
  word_superfluous: ({ command, text }) =>
    `${command}: \`${text}\`은(는) 남는 단어입니다. 목록은 150,150처럼 쉼표로 잇고, 공백이 든 이름은 따옴표로 묶으세요.`,
  argument_missing: ({ argument }) => `${argument}이(가) 빠져 있습니다. 명령을 쓰는 법은 --help에 있습니다.`,
  option_unknown: ({ option, near }) =>
    `\`${option}\`(이)라는 옵션은 없습니다${meant(near)}. 모든 옵션은 --help에 있습니다.`,
  option_missing: ({ option, value }) => `${option}: 빠져 있습니다. ${option} ${value}처럼 쓰세요.`,
  option_or_file: ({ option }) => `\`${option}\`(이)라는 옵션은 없습니다. 이 이름의 파일은 ./${option}(이)라고 쓰세요.`,
  option_without_value: ({ option, value }) => `${option}: 값이 있어야 합니다. ${option} ${value}처럼 쓰세요.`,
  option_of_other_kind: ({ option, choice, kinds, chosen }) =>
    `${option}: --${choice} ${list(kinds)}의 설정인데, 지금 ${choice}은(는) ${chosen}입니다.`,
  language_unknown: ({ text, languages }) =>
    `--lang: "${text}"은(는) 모르는 언어입니다. ${list(languages)}을(를) 쓰세요.`,
  split_shares: '--split: 학습, 검증, 테스트의 비율을 0.6,0.2,0.2처럼 주세요.',
  target_missing: ({ columns }) => `--target: 빠져 있습니다. 예측할 열의 이름을 주세요. 열: ${list(columns)}.`,
  whole_number: ({ option, text, most }) => `${option}: "${text}"은(는) 1부터 ${whole(most)}까지의 정수가 아닙니다.`,
  option_of_explain: ({ option }) => `${option}: --explain과 함께 씁니다.`,
  explain_and_out: '--explain: --out에 쓸 CSV를 만들지 않습니다. 하나만 주세요.',
  max_trials: ({ text }) => `--max-trials: "${text}"은(는) 1 이상의 정수가 아닙니다.`,
  engine_unknown: ({ text, engines, near }) =>
    `--engine: "${text}"은(는) 알 수 없는 값입니다. ${list(engines)} 중에서 고르세요${meant(near)}.`,
  engine_without_gpu: ({ why }, say) => `--engine webgpu: ${say(why)}. 아니면 cpu를 고르세요.`,

  file_refused: ({ file, reason }) => `${file}: ${fileReasons[reason]}.`,
  stream_refused: ({ stream, reason }) => `${streams[stream]}: ${fileReasons[reason]}.`,
  file_unwritten: ({ file, reason }) => `${file}: ${fileReasons[reason]}. 파일을 쓰지 못했습니다.`,
  results_elsewhere: ({ why, folder }, say) => `${say(why)} 결과는 모두 ${folder} 폴더에 있습니다.`,
  results_unfinished: ({ folder, reason }) =>
    `${folder}: 결과 파일에 이름을 붙이다 중단되었고, 마저 할 수 없습니다(${fileReasons[reason]}).`,
  journal_damaged: ({ file }) =>
    `${file}: 손상되었습니다. 지우세요. 그곳의 결과에는 두 번의 학습이 섞였을 수 있습니다.`,
  checkpoint_delayed: ({ why }, say) => `${say(why)} 학습은 계속되며, 디스크에 쓸 수 있게 되면 다시 저장합니다.`,
  file_not_json: ({ file, detail }) => `${file}: JSON이 아닙니다(${detail}).`,
  file_not_fit: ({ file }) => `${file}: fit이 쓴 fit.json이 아닙니다. fit --out이 쓴 파일을 주세요.`,
  repeat_and_minutes: '--minutes: 걸리는 시간은 --repeat의 계획에 들어 있습니다. 하나만 주세요.',
  fit_ended_early: '신경망이 하나도 학습하기 전에 끝나 남길 것이 없습니다.',
  file_too_large: ({ file, size, limit }) =>
    `${file}: ${whole(size)}바이트입니다. 이런 파일은 ${whole(limit)}바이트까지 됩니다.`,
  within_file: ({ file, why }, say) => `${file}에서: ${say(why)}`,
  folder_without_model: ({ folder, file }) =>
    `${folder}: ${file}이(가) 없는 폴더입니다. fit이나 train --out으로 쓴 폴더나 파일 이름을 주세요.`,
  option_of_model: ({ option }) => `${option}: --from으로 준 모델이 정합니다. 빼 주세요.`,
  format_unknown: ({ text, formats, near }) =>
    text === undefined
      ? `--format: 원하는 형식을 주세요. ${list(formats)}.`
      : `--format: "${text}"은(는) 알 수 없는 값입니다. ${list(formats)} 중에서 고르세요${meant(near)}.`,
  export_exists: ({ file }) =>
    `${file}: 같은 이름의 다른 파일이 있습니다. --out으로 다른 폴더를 주거나 --overwrite로 덮어쓰세요.`,
  out_refused: ({ file, reason }) => `--out ${file}: ${fileReasons[reason]}.`,
  out_without_folder: ({ file, folder }) => `--out ${file}: ${folder} 폴더가 없습니다.`,
  out_is_input: ({ file, input }) =>
    `--out ${file}: ${inputName(input)} 자체여서 내용을 잃게 됩니다. 다른 파일 이름을 주세요.`,
  output_is_input: ({ input }) =>
    `표준 출력이 지금 읽고 있는 ${inputName(input)}(으)로 이어집니다. 다른 파일에 쓰세요.`,
  out_in_use: ({ folder, command, pid, host, since, file }) =>
    `--out ${folder}: ${command}이(가) 쓰고 있습니다(${host}의 프로세스 ${pid}, ${since}부터). 기다리거나, 다른 폴더를 주거나, 그 프로세스가 없어졌다면 ${file}을(를) 지우세요.`,
  out_holds_results: ({ folder, held, file, resumable }) =>
    `--out ${folder}: 이미 ${results[held]}이(가) 있습니다(${file}). ${resumable ? '--resume으로 이어 가거나, ' : ''}다른 폴더를 주거나, --overwrite로 덮어쓰세요.`,
  resume_without_out: ({ held }) =>
    `--resume: 폴더에 있는 ${results[held]}을(를) 이어 갑니다. 폴더를 --out으로 주세요.`,
  resume_other_settings: ({ differences }) =>
    `--resume: 이 학습은 다른 설정으로 시작했습니다: ${some(
      differences.map(({ name, stored, given }) => `${name} ${given} 대신 ${stored}`),
      4,
    )}. 그 설정을 주거나, 다른 폴더를 주거나, --overwrite로 새로 시작하세요.`,
  resume_other_table: ({ tables: [kept, given] }) =>
    `--resume: 이 학습은 다른 표로 시작했습니다: ${sizeOf(kept)}, ${alike(kept, given) ? '값이 다릅니다' : `지금은 ${sizeOf(given)}`}. 그 표를 주거나, 다른 폴더를 주거나, --overwrite로 새로 시작하세요.`,
  nothing_to_resume: ({ folder, held }) =>
    `${folder}: ${results[held]}이(가) 끝났으므로 이어 갈 것이 없습니다. 결과는 그대로 둡니다.`,
  checkpoint_too_long: ({ size, limit }) =>
    `체크포인트가 ${whole(size)}바이트인데, 읽을 수 있는 파일은 ${whole(limit)}바이트까지입니다.`,
  run_begins_anew: ({ why }, say) => `이어 갈 수 없어 처음부터 학습했습니다: ${say(why)}`,
  run_not_kept: ({ why }, say) => `저장할 수 없어 --resume으로 이어 가지 못할 수 있습니다: ${say(why)}`,
  overwrite_without_out: '--overwrite: 폴더에 있는 것을 덮어씁니다. 폴더를 --out으로 주세요.',
  overwrite_and_resume: '--overwrite는 새로 시작하고 --resume은 이어 갑니다. 하나만 주세요.',
  optuna_without_out: '--optuna: 저널은 결과 파일 가운데 하나입니다. 결과를 둘 폴더를 --out으로 주세요.',
  optuna_of_shard: '--optuna: 저널은 스윕 전체를 담습니다. --shard와 함께 주지 말고 merge에 주세요.',
  optuna_later: ({ why }, say) => `${say(why)} Optuna 저널은 스윕이 끝날 때 씁니다.`,
  optuna_of_fit: '--optuna: 저널은 스윕을 담는데 이 샤드들은 fit의 것입니다. 빼고 실행하세요.',

  page_not_built: ({ folder }) => `${folder}: 페이지가 빌드되지 않았습니다. 먼저 npm run build를 실행하세요.`,
  port_invalid: ({ text }) => `--port: "${text}"은(는) 포트가 아닙니다. 0부터 65535까지의 정수를 주세요.`,
  port_in_use: ({ port }) => `--port: ${port}번은 다른 프로그램이 쓰고 있습니다. 다른 포트를 주세요.`,
  port_refused: ({ port, detail }) => `--port: ${port}번을 쓸 수 없습니다(${detail}). 다른 포트를 주세요.`,
  defect: ({ detail }) => `perceptron-lab의 결함입니다: ${detail} (같은 명령에 --verbose를 붙이면 어디인지 보입니다).`,

  trials_diverged: ({ count }) => `시행 ${several(count)}가 발산했습니다. 마지막으로 온전했던 파라미터로 평가합니다.`,
  changes_unmade: ({ changes }) => `그 전에 학습이 끝나 바꾸지 못한 설정: ${changes}.`,
};
