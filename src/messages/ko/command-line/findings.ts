import type { Say, Translation } from '../../../util/message.ts';
import { type findings as english, mostNamed, type SaidCheck } from '../../en/command-line/findings.ts';

const outcomes = { yes: '예', no: '아니요', unclear: '알 수 없음' };

const rule =
  '모든 비교가 그렇다고 하면 성립하고, 그렇다는 비교가 없고 절반 이상이 반대면 성립하지 않으며, 그 밖에는 경우에 따라 다릅니다.';

const named = (say: Say) => (check: SaidCheck) => `${say(check.name)} ${say(check.numbers)}`;
const figures = (checks: readonly SaidCheck[], say: Say) => checks.map(({ numbers }) => say(numbers)).join(', ');

function tally(checks: readonly SaidCheck[], say: Say): string {
  const of = (outcome: SaidCheck['outcome']) => {
    const names = checks.filter((check) => check.outcome === outcome).map(({ name }) => say(name));
    const told = names.length > 0 && names.length < checks.length && names.length <= mostNamed;
    return { count: names.length, names: told ? `(${names.join('; ')})` : '' };
  };
  const [yes, no, unclear] = [of('yes'), of('no'), of('unclear')];
  return [
    `${checks.length}개 가운데 ${yes.count}개에서 예${yes.names}`,
    ...(no.count > 0 ? [`${no.count}개에서 아니요${no.names}`] : []),
    ...(unclear.count > 0 ? [`${unclear.count}개는 우연과 구별되지 않음`] : []),
  ].join(', ');
}

function examples(checks: readonly SaidCheck[], shown: number, say: Say): string {
  const words = checks.slice(0, shown).map(named(say)).join(', ');
  return shown < checks.length ? `${words} 등` : words;
}

export const findings: Translation<typeof english> = {
  claim_close: 'SGD에서는 활성화 함수들의 결과가 서로 가깝고, 시계로 재면 relu와 leaky_relu가 가장 빠릅니다.',
  claim_batch: '행이 이렇게 적을 때 SGD에서는 배치 크기 1이 8보다 낫습니다.',
  claim_epochs: 'Adam과 relu는 더 적은 에포크로 좋은 파라미터에 이릅니다.',
  claim_gain: 'Adam에서 가장 득을 보는 것은 tanh입니다.',
  claim_hinders: 'Adam이 때로는 방해가 됩니다.',
  claim_best: '전체에서 relu, 배치 크기 1, SGD가 가장 좋습니다.',
  claim_deeper: '더 깊은 신경망은 과소적합합니다.',
  claim_theory:
    '이론: 퍼셉트론 하나는 OR를 배우고 XOR는 배우지 못하지만 다층은 배웁니다. sigmoid의 기울기는 깊이에 따라 사라지고 출력은 0을 중심으로 하지 않습니다. Adam은 모멘텀과 RMSprop을 합친 것입니다.',

  criterion_close: ({ most }) =>
    `가까움: 배치 크기마다 검증 RMSE의 평균들이 기준선의 ${most} % 안에 있습니다. 가장 빠름: 모든 측정 회차에서 두 함수의 한 스텝이 sigmoid나 tanh의 어느 회차보다 짧습니다. ${rule}`,
  criterion_batch: `활성화 함수마다 배치 1의 검증 RMSE가 배치 8보다 낮습니다(웰치의 t 검정, 95 %). ${rule}`,
  criterion_epochs: ({ count, most }) =>
    `배치 크기마다 Adam과 relu가 좋은 검증 손실에 이르는 에포크가 SGD와 relu, 그리고 Adam과 sigmoid나 tanh보다 적습니다. 좋은 손실은 가장 좋은 칸의 ${count}배 이하이고 기준선의 ${most} % 이하입니다(웰치의 t 검정, 95 %. 이르지 못하면 허용된 것보다 한 에포크 더 걸린 것으로 셉니다). ${rule}`,
  criterion_gain: `이득은 SGD의 검증 RMSE에서 Adam의 것을 뺀 값입니다. 배치 크기마다 tanh의 이득을 다른 활성화 함수의 이득과 비교합니다(95 %, 네 평균의 분산을 모두 더함). ${rule}`,
  criterion_hinders:
    '어떤 칸에서든 Adam의 검증 RMSE가 SGD보다 높으면 성립합니다(웰치의 t 검정, 95 %). 모든 칸에서 Adam이 나으면 성립하지 않습니다. 뚜렷이 나쁜 칸이 없고 모두가 뚜렷이 낫지도 않으면 경우에 따라 다릅니다.',
  criterion_best:
    '그 검증 RMSE가 다른 모든 칸보다 낮으면 성립합니다(웰치의 t 검정, 95 %). 더 낮은 칸이 있으면 성립하지 않습니다. 뚜렷이 뒤지지도, 모두보다 뚜렷이 앞서지도 않으면 경우에 따라 다릅니다.',
  criterion_deeper: ({ epochs, layers, most, count }) =>
    `활성화 함수와 옵티마이저마다 에포크 ${epochs}개 뒤의 학습 손실이 은닉층 ${most}개일 때 ${layers}개일 때보다 높습니다(시드 ${count}개, 웰치의 t 검정, 95 %). ${rule}`,
  criterion_theory: ({ most, limit }) =>
    `OR와 XOR: 모든 시드가 배우거나, 하나도 배우지 못합니다. 사라짐: 시작할 때 가장 깊은 신경망의 은닉층 사이 첫 행렬의 기울기가 마지막 행렬의 ${most} %보다 작고(제곱 평균 제곱근), 다른 활성화 함수에서는 그보다 큽니다. 0 중심: 시작할 때 가장 깊은 신경망의 모든 층에서 은닉층 출력의 평균이 표준편차의 ${limit}배보다 작습니다. 부분: 모멘텀, RMSprop, Adam의 학습 손실이 각각 단순한 SGD보다 낮게 끝납니다(95 %). ${rule}`,

  verdict_holds: '성립',
  verdict_fails: '성립하지 않음',
  verdict_depends: '경우에 따라 다름',
  as_published: ({ why, seen }, say) => `발표된 규칙: ${say(why)}. ${say(seen)}`,

  seen_close: ({ one, together, checks }, say) =>
    `활성화 함수별 검증 RMSE(기준선 ${one}): ${figures(together, say)}. 한 스텝: ${figures(checks, say)}.`,
  seen_batch: ({ checks }, say) =>
    `배치 1과 배치 8의 검증 RMSE: ${tally(checks, say)}. ${examples(checks, checks.length <= 4 ? 4 : 3, say)}.`,
  seen_epochs: ({ checks }, say) =>
    `좋은 검증 손실까지의 에포크: ${tally(checks, say)}. ${examples(checks, checks.length <= 4 ? 4 : 3, say)}.`,
  seen_gain: ({ checks }, say) =>
    `검증 RMSE에서 tanh와 다른 함수의 이득: ${tally(checks, say)}. ${examples(checks, checks.length <= 4 ? 4 : 3, say)}.`,
  seen_hinders: ({ count, rows, left, checks }, say) =>
    `칸 ${count}쌍의 검증 RMSE에서 Adam이 ${rows}쌍은 나쁘고 ${left}쌍은 낫습니다${checks.length > 0 ? `: ${figures(checks, say)}` : ''}.`,
  seen_best: ({ one, row, of, count, name, two }, say) =>
    `검증 RMSE는 ${one}, 평균으로는 ${of}개 가운데 ${row}위이고, 뚜렷이 나은 칸이 ${count}개입니다.${name ? ` 가장 낮은 것은 ${say(name)}의 ${two}입니다.` : ''}`,
  seen_deeper: ({ layers, most, checks }, say) =>
    `은닉층 ${most}개일 때 ${layers}개일 때보다 높은 학습 손실: ${tally(checks, say)}. ${checks.slice(0, 2).map(named(say)).join(', ')} 등.`,
  seen_theory: ({ checks }, say) =>
    `${checks.map(({ name, outcome, numbers }) => `${say(name)}: ${outcomes[outcome]}(${say(numbers)})`).join('; ')}.`,

  check_close: ({ batch }) => `가까움, 배치 ${batch}`,
  check_quickest: ({ batch }) => `가장 빠름, 배치 ${batch}`,
  check_batch: ({ name, batch }) => `${name}, 배치 ${batch}`,
  check_rival: ({ batch, optimizer, name }) => `배치 ${batch}, ${optimizer}·${name} 대비`,
  check_cell: ({ name, batch, optimizer }) => `${name}, 배치 ${batch}, ${optimizer}`,
  check_trained: ({ name, batch, optimizer }) => `${name}과(와) ${optimizer}, 배치 ${batch}`,
  check_or: '퍼셉트론이 OR를 배움',
  check_xor: '퍼셉트론이 XOR를 배우지 못함',
  check_hidden_xor: '은닉층이 있는 신경망이 XOR를 배움',
  check_vanish: 'sigmoid의 기울기가 깊이에 따라 사라짐',
  check_off_centre: 'sigmoid의 출력이 0을 중심으로 하지 않음',
  check_centred: 'tanh의 출력은 0을 중심으로 함',
  check_further: ({ name }) => `${name}이(가) 단순한 SGD보다 더 나아감`,

  figures_range: ({ one, two, batch }) => `배치 ${batch}에서 ${one}~${two}`,
  figures_steps: ({ relu, leaky_relu, sigmoid, tanh, batch }) =>
    `배치 ${batch}에서 relu ${relu}, leaky_relu ${leaky_relu}, sigmoid ${sigmoid}, tanh ${tanh} ms`,
  figures_against: ({ one, two }) => `${one} 대 ${two}`,
  figures_adam: ({ one, two }) => `Adam은 ${one}, SGD는 ${two}`,
  figures_layers: ({ one, two, layers, most }) => `은닉층 ${layers}개 ${one}, ${most}개 ${two}`,
  figures_learned: ({ count, of, one }) => `시드 ${of}개 가운데 ${count}개, 네 행 가운데 ${one}행이 맞음`,
  figures_gradients: ({ layers, one, signals }) =>
    `은닉층 ${layers}개에서 그 사이 첫 행렬의 기울기는 마지막 행렬의 ${one}배, ${signals.join(', ')}`,
  figures_means: ({ one, two }) => `평균 ${one}~${two}`,
  figures_between: ({ one, two }) => `${one}에서 ${two}까지`,
  figures_losses: ({ one, two }) => `학습 손실 ${one} 대 ${two}`,
};
