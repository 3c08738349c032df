/** Why the page cannot open a network of another program by the files that were chosen. */

import { inEnglish, type Said } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';

export const columns = {
  columns_missing: ({ file, columns }: { file: string; columns: string }) =>
    `${file}: is a network of another program; choose ${columns}, which says what its columns are, together with it.`,
  columns_alone: ({ file }: { file: string }) =>
    `${file}: says what the columns of a network are; choose its .safetensors file together with it.`,
  columns_long: ({ file, size }: { file: string; size: number }) =>
    `${file}: has ${whole(size)} bytes; the columns of a network take less than 10 MB.`,
  columns_not_json: ({ file, detail }: { file: string; detail: string }) => `${file}: is not JSON: ${detail}.`,
  columns_unreadable: ({ file, why }: { file: string; why: Said }) =>
    `${file}: does not say what the columns are: ${inEnglish(why)}`,
};
