/** Numbers of float32 as text. */

/** The number of the fewest digits that is the same float32. */
export function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

/** Little-endian, as every machine and every file of ours has them. */
export function toBase64(arrays: readonly Float32Array[]): string {
  let binary = '';
  for (const values of arrays) {
    const view = new DataView(new ArrayBuffer(4 * values.length));
    values.forEach((value, index) => {
      view.setFloat32(4 * index, value, true);
    });
    for (const byte of new Uint8Array(view.buffer)) binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}
