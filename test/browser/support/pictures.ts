/** The pictures in the docs, held against the page as it stands: all of it but what no two machines or runs show alike. */
import type { Browser, Page } from 'playwright';

/** Pixels along the side of a tile, over which brightness is averaged: edges of letters are no matter. */
const tile = 20;

/** Times, speeds, what was measured at some time of a run, and what follows from the machine's processor. */
const varying = [
  'lab-toolbar .speed dd',
  'lab-toolbar .time dd',
  'lab-results dd:has(+ dt + dd + dt + #engine)',
  'lab-results #engine',
  'lab-results dd:last-of-type',
  'lab-results .why',
  'lab-network-size #plan',
  'lab-inside canvas',
  'lab-run .facts',
  'lab-keeping #kept',
  'lab-sweep .standing',
  'lab-sweep-settings .pace',
];

/** A page of its own, in which pictures are compared. */
const comparing = new WeakMap<Browser, Page>();

type Box = { x: number; y: number; width: number; height: number };

/** Where the page shows what varies. */
async function boxesOf(page: Page): Promise<Box[]> {
  const found = await Promise.all(varying.map((selector) => page.locator(selector).all()));
  const boxes = await Promise.all(found.flat().map((locator) => locator.boundingBox()));
  return boxes.filter((box) => box !== null);
}

/**
 * The share of the tiles whose mean brightness differs from that of the picture by more than 4 of 255, which a word or the
 * edge of a button does; those that touch what varies are left out.
 */
export async function strangeness(browser: Browser, picture: Buffer, page: Page): Promise<number> {
  const [boxes, now] = [await boxesOf(page), await page.screenshot()];
  const other = comparing.get(browser) ?? (await browser.newPage());
  comparing.set(browser, other);
  return other.evaluate(
    async ({ pictures, boxes, tile }) => {
      const [a, b] = await Promise.all(
        pictures.map(async ({ type, base64 }) => {
          const picture = await createImageBitmap(await (await fetch(`data:image/${type};base64,${base64}`)).blob());
          const width = Math.round(picture.width / tile);
          const height = Math.round(picture.height / tile);
          const small = await createImageBitmap(picture, {
            resizeWidth: width,
            resizeHeight: height,
            resizeQuality: 'high',
          });
          const context = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
          context.drawImage(small, 0, 0);
          return context.getImageData(0, 0, width, height);
        }),
      );
      if (a.width !== b.width || a.height !== b.height) return 1;
      const brightness = ({ data }: ImageData, at: number) => (data[4 * at] + data[4 * at + 1] + data[4 * at + 2]) / 3;
      const varies = (at: number) => {
        const [x, y] = [(at % a.width) * tile, Math.floor(at / a.width) * tile];
        return boxes.some(
          (box) => x + tile > box.x && x < box.x + box.width && y + tile > box.y && y < box.y + box.height,
        );
      };
      const tiles = Array.from({ length: a.width * a.height }, (_, at) => at).filter((at) => !varies(at));
      return tiles.filter((at) => Math.abs(brightness(a, at) - brightness(b, at)) > 4).length / tiles.length;
    },
    {
      pictures: [
        { type: 'webp', base64: picture.toString('base64') },
        { type: 'png', base64: now.toString('base64') },
      ],
      boxes,
      tile,
    },
  );
}
