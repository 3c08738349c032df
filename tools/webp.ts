/** Pictures of the documentation are lossless WebP, two fifths of the PNG. */
import sharp from 'sharp';

export const webpOf = (png: Buffer): Promise<Buffer> => sharp(png).webp({ lossless: true, effort: 4 }).toBuffer();
