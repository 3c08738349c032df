/** Width and height, which stand at the beginning of a lossless WebP file (https://www.rfc-editor.org/rfc/rfc9649#section-3.4). */
export function webpSize(bytes: Buffer): { width: number; height: number } {
  if (bytes.toString('latin1', 12, 16) !== 'VP8L') throw new Error('The picture is no lossless WebP file.');
  const sizes = bytes.readUInt32LE(21);
  return { width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1 };
}
