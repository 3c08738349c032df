/** Numbers as C writes them. */
import { shortest } from '../float32.ts';

/** A constant of type double. */
export function double(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Constants of type float, a comma between them. */
export const floats = (values: ArrayLike<number>): string =>
  Array.from(values, (value) => `${double(shortest(value))}f`).join(', ');

const perLine = 8;

/** `static const float name[count] = {...};`, eight to a line. */
export function floatArray(name: string, values: ArrayLike<number>): string {
  return constants(
    'float',
    name,
    Array.from(values, (value) => floats([value])),
  );
}

export function doubleArray(name: string, values: ArrayLike<number>): string {
  return constants('double', name, Array.from(values, double));
}

export function constants(type: string, name: string, values: readonly string[]): string {
  const lines = Array.from({ length: Math.ceil(values.length / perLine) }, (_, line) =>
    values.slice(line * perLine, (line + 1) * perLine).join(', '),
  );
  return `static const ${type} ${name}[${values.length}] = {\n  ${lines.join(',\n  ')}};\n`;
}
