/** What the values of a Parquet column are, and how they are written as the text of a cell. */
import type { SchemaElement, SchemaTree } from 'hyparquet';
import { cellText, decimalText, timeText } from './values.ts';

export interface ParquetType {
  /** What hyparquet is told that the column is. */
  element: SchemaElement;
  text: (value: unknown) => string;
}

/** So many bytes have the longest decimal numbers that are written. */
const longestDecimal = 64;
const mostPlaces = 100;

/** Undefined for a column whose values are none of a cell: groups, lists, and bytes that are not said to be text. */
export function typeOf({ element, children }: SchemaTree): ParquetType | undefined {
  if (children.length > 0 || element.repetition_type === 'REPEATED' || !element.type) return undefined;
  const { type, converted_type, logical_type } = element;
  const bare = { ...element, converted_type: undefined, logical_type: undefined };
  const isDecimal = converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL';
  if (isDecimal) {
    if ((element.type_length ?? 0) > longestDecimal || Math.abs(element.scale ?? 0) > mostPlaces) return undefined;
    return { element: bare, text: (value) => decimalOf(value, element.scale ?? 0) };
  }
  if (logical_type?.type === 'TIME' || converted_type?.startsWith('TIME_')) {
    if (type !== 'INT32' && type !== 'INT64') return undefined;
    const unit =
      logical_type?.type === 'TIME' ? logical_type.unit : converted_type === 'TIME_MILLIS' ? 'MILLIS' : 'MICROS';
    const perSecond = { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 }[unit];
    return { element: bare, text: (value) => (value === undefined ? '' : timeText(Number(value) / perSecond)) };
  }
  if (type === 'BYTE_ARRAY') {
    const isText =
      ['UTF8', 'ENUM', 'JSON'].includes(converted_type ?? '') ||
      ['STRING', 'ENUM', 'JSON'].includes(logical_type?.type ?? '');
    return isText ? { element: { ...bare, converted_type: 'UTF8' }, text: cellText } : undefined;
  }
  if (type === 'FIXED_LEN_BYTE_ARRAY') {
    const bytes = { UUID: 16, FLOAT16: 2 }[logical_type?.type as 'UUID' | 'FLOAT16'];
    return bytes === element.type_length ? { element, text: cellText } : undefined;
  }
  const isDate = logical_type?.type === 'DATE';
  return { element: isDate ? { ...element, converted_type: 'DATE' } : element, text: cellText };
}

function decimalOf(value: unknown, scale: number): string {
  if (value === undefined) return '';
  if (!(value instanceof Uint8Array)) return decimalText(value as bigint | number, scale);
  let digits = 0n;
  for (const byte of value) digits = (digits << 8n) | BigInt(byte);
  return decimalText(BigInt.asIntN(8 * value.length, digits), scale);
}
