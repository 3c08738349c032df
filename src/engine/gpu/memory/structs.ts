/** Writes structs shared with the shaders; their layouts are read off `lib/structs.wgsl` when the project is built. */
import { Block, Layer, Resident, State, TensorTraining, Trial } from '../../../../shaders/lib/structs.wgsl?layout';

export { Block, Layer, Resident, State, TensorTraining, Trial };
export type StructLayout = typeof Trial;

/** A field's value, or the first values of a field that is an array or a vector. */
export type FieldValues = Record<string, number | readonly number[]>;

/** The bytes of one struct. Every field of the layout that is not given is zero; a field it does not have is an error. */
export function structBytes(layout: StructLayout, values: FieldValues): ArrayBuffer {
  const bytes = new ArrayBuffer(layout.size);
  for (const [name, value] of Object.entries(values)) {
    new Uint8Array(bytes).set(fieldBytes(layout, name, value), offsetOf(layout, name));
  }
  return bytes;
}

/** Bytes from the beginning of the struct to a field. */
export function offsetOf({ f32, u32 }: StructLayout, name: string): number {
  const offset = f32[name] ?? u32[name];
  if (offset === undefined) throw new Error(name);
  return offset;
}

/** The bytes of one field, to be written at its offset. */
export function fieldBytes(
  layout: StructLayout,
  name: string,
  value: number | readonly number[],
): Uint8Array<ArrayBuffer> {
  const values = typeof value === 'number' ? [value] : value;
  const typed = name in layout.f32 ? Float32Array.from(values) : Uint32Array.from(values);
  return new Uint8Array(typed.buffer);
}

/** Several structs of one layout, one after another. */
export function structArray(layout: StructLayout, values: FieldValues[]): Uint32Array<ArrayBuffer> {
  const bytes = new Uint8Array(layout.size * values.length);
  values.forEach((value, index) => {
    bytes.set(new Uint8Array(structBytes(layout, value)), index * layout.size);
  });
  return new Uint32Array(bytes.buffer);
}
