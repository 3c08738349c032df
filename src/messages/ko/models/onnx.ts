import type { Translation } from '../../../util/message.ts';
import type { onnx as english } from '../../en/models/onnx.ts';

export const onnx: Translation<typeof english> = {
  not_onnx: ({ source, why }, say) => `${source}은(는) ONNX 파일이 아닙니다. ${say(why)}.`,
  onnx_cut: '필드 하나의 안에서 끝납니다. 잘렸을 수 있으니 다시 복사하세요',
  onnx_field: '그런 파일에 없는 종류의 필드가 있습니다',
  onnx_text: '텍스트 하나가 UTF-8이 아닙니다',
  tensor_twice: ({ name }) => `텐서 ${name}이(가) 두 번 있습니다`,
  onnx_of_others: '다른 프로그램이 쓴 ONNX 파일입니다. export가 쓴 것은 다시 읽을 수 있습니다',
};
