/** Writes structs shared with the shaders; their layouts are read off `structs.wgsl` when the project is built. */
import { Layer, State, Trial } from '../../../shaders/structs.wgsl?layout';

export { Layer, State, Trial };
export type StructLayout = typeof Trial;

/** The bytes of one struct. Every field of the layout that is not given is zero; a field it does not have is an error. */
export function structBytes(layout: StructLayout, values: Record<string, number>): ArrayBuffer {
  const bytes = new ArrayBuffer(layout.size);
  const view = new DataView(bytes);
  for (const [name, value] of Object.entries(values)) {
    const { offset, type } = layout.fields[name];
    if (type === 'f32') view.setFloat32(offset, value, true);
    else view.setUint32(offset, value, true);
  }
  return bytes;
}

/** Several structs of one layout, one after another. */
export function structArray(layout: StructLayout, values: Record<string, number>[]): Uint32Array<ArrayBuffer> {
  const bytes = new Uint8Array(layout.size * values.length);
  values.forEach((value, index) => {
    bytes.set(new Uint8Array(structBytes(layout, value)), index * layout.size);
  });
  return new Uint32Array(bytes.buffer);
}
