import type { Translation } from '../../../util/message.ts';
import { shown } from '../../../util/words.ts';
import { gigabytes } from '../../en/engines/engines.ts';
import type { binaryFiles as english, fileKinds } from '../../en/tables/binary-files.ts';
import { someNames } from '../words.ts';

const saveAsCsv = '먼저 표를 CSV(쉼표로 구분)로 저장하세요';
const todos = { save: saveAsCsv, unpack: '먼저 압축을 푸세요', open: 'CSV 같은 텍스트 파일을 여세요' };

const kinds: Record<keyof typeof fileKinds, string> = {
  xlsx: 'Excel 통합 문서',
  open_document: 'OpenDocument 파일',
  zip: 'zip 압축 파일',
  old_excel: '옛 Excel 통합 문서(.xls)이거나 암호가 걸린 통합 문서',
  pdf: 'PDF 문서',
  parquet: 'Parquet 파일',
  arrow: 'Arrow 파일',
  old_feather: '버전 1의 Feather 파일',
  hdf5: 'HDF5 파일',
  numpy: 'NumPy 파일',
  matlab: 'MATLAB 파일',
  spss: 'SPSS 파일',
  stata: 'Stata 파일',
  pickle: 'Python pickle 파일',
  rich_text: '서식 있는 텍스트(RTF) 문서',
  sqlite: 'SQLite 데이터베이스',
  tar: 'tar 묶음 파일',
  seven_zip: '7z 압축 파일',
  rar: 'RAR 압축 파일',
  bzip2: 'bzip2 압축 파일',
  xz: 'xz 압축 파일',
  zstd: 'zstd 압축 파일',
  image: '그림',
  binary: '이진 파일',
};

export const binaryFiles: Translation<typeof english> = {
  file_binary: ({ source, kind, todo }) => `${source}은(는) 텍스트 파일이 아니라 ${kinds[kind]}입니다. ${todos[todo]}.`,
  encoding_unmarked: ({ source, encoding }) =>
    `${source}은(는) 바이트 순서 표시가 없는 UTF-16 텍스트로 보입니다. "CSV UTF-8"로 다시 저장하거나 인코딩을 ${encoding}(으)로 주세요.`,
  typed_damaged: ({ source, kind, cause }) =>
    `${source}은(는) ${kinds[kind]}이지만 읽을 수 없습니다(${shown(cause)}). 다시 받거나 다시 저장하고, 아니면 표를 CSV로 저장하세요.`,
  typed_too_large: ({ source, limit }) =>
    `${source}은(는) ${gigabytes(limit)}를 넘는데, 이런 파일은 통째로 읽으므로 그럴 수 없습니다. 표를 CSV로 저장하거나 나누세요.`,
  typed_bomb: ({ source, most }) =>
    `${source}을(를) 풀면 크기의 ${most}배를 넘으며, 그런 표는 거의 없습니다. 표가 맞다면 CSV로 저장하세요.`,
  columns_untyped: ({ columns }) => `셀이 목록, 묶음 또는 바이트인 열은 빼고 읽었습니다: ${someNames(columns, 5)}.`,
  columns_none_typed: ({ source }) =>
    `${source}에는 숫자, 텍스트, 날짜, 참·거짓으로 된 열이 없습니다. 먼저 목록이나 묶음을 열로 만드세요.`,
  workbook_other: ({ source }) =>
    `${source}은(는) 읽을 수 있는 시트가 없는 Office 파일입니다. 먼저 표를 .xlsx나 CSV로 저장하세요.`,
  workbook_empty: ({ source }) => `${source}에는 셀이 있는 시트가 없습니다. 먼저 표를 CSV로 저장하세요.`,
  sheet_unknown: ({ source, sheet, sheets }) =>
    `sheet: ${source}에 ${shown(sheet)} 시트가 없습니다. 시트는 ${someNames(sheets, 5)}입니다.`,
  sheet_none: ({ source }) => `sheet: ${source}은(는) Excel 통합 문서(.xlsx)가 아닙니다. sheet를 빼세요.`,
  sheet_chosen: ({ sheet, sheets }) =>
    `${shown(sheet)} 시트를 읽었습니다. 다른 시트를 고를 수 있습니다: ${someNames(sheets, 5)}.`,
};
