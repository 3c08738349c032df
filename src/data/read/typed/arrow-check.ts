/**
 * What flechette trusts an Arrow file in: that lists are as long as they say, and lie within it, as do the buffers of columns.
 * The descriptions are flatbuffers (https://flatbuffers.dev/internals/) of the tables in Arrow's Schema.fbs, Message.fbs and
 * File.fbs; the places of their fields are 4, 6, 8 and so on, in the order in which they are declared there.
 */
import { unpackBuffer } from './arrow-buffers.ts';
import type { Room } from './room.ts';

const headers = { schema: 1, dictionary: 2, batch: 3 };

/** Kinds of type, by their places in the union. */
const kinds = { decimal: 7, union: 14 };
/** Those of texts and bytes. */
const textKinds = { binary: 4, text: 5, longBinary: 19, longText: 20, binaryView: 23, textView: 24 };

/** Of the digits of a number. */
const mostPlaces = 100;

/** Of groups within each other. */
const deepest = 64;

/** @throws Error, or InputError for what is too large */
export function checkArrow(bytes: Uint8Array, room: Room): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** What the members of each dictionary are. */
  const members = new Map<number, number>();
  let fields = 0;
  let batches = 0;
  if (String.fromCharCode(...bytes.subarray(0, 6)) === 'ARROW1') checkFile();
  else for (let at = 0; at < bytes.length; ) at = checkMessage(at) ?? bytes.length;
  // Each column is an object in each batch.
  room.expect(batches, fields);

  function checkFile(): void {
    const end = bytes.length - 10;
    const length = view.getInt32(end, true);
    const footer = table(part(view, end - length, length), 0);
    const schema = footer.at(6);
    if (schema) checkSchema(table(footer.view, schema));
    footer.list(12, 4);
    for (const place of [8, 10]) {
      for (const block of footer.list(place, 24)) {
        if (checkMessage(Number(footer.view.getBigInt64(block, true))) === undefined) throw new Error('no message');
      }
    }
  }

  /** @returns where the next one begins; undefined at the end of all */
  function checkMessage(start: number): number | undefined {
    let at = start;
    if (bytes.length - at < 4) return undefined;
    let length = view.getInt32(at, true);
    at += 4;
    if (length === -1) {
      if (bytes.length - at < 4) return undefined;
      length = view.getInt32(at, true);
      at += 4;
    }
    if (length === 0) return undefined;
    const message = table(part(view, at, length), 0);
    at += length;
    const kind = message.byte(6);
    const header = message.at(8);
    const body = message.long(10);
    if (body < 0 || body > bytes.length - at) throw new Error('a message is longer than the file');
    if (header) {
      const described = table(message.view, header);
      if (kind === headers.schema) checkSchema(described);
      else if (kind === headers.batch) checkBatch(described, body);
      else if (kind === headers.dictionary) {
        const data = described.at(6);
        if (!data) throw new Error('a dictionary without members');
        const batch = table(described.view, data);
        checkBatch(batch, body);
        checkMembers(batch, bytes.subarray(at, at + body), members.get(described.long(4)));
      }
    }
    return at + body;
  }

  function checkSchema(schema: Table): void {
    schema.list(8, 4);
    for (const field of schema.list(6, 4)) checkField(table(schema.view, field), 0);
  }

  function checkField(field: Table, depth: number): void {
    fields += 1;
    // Two lists may name the same fields again, and so without end.
    if (depth > deepest || fields > bytes.length) throw new Error('fields within each other');
    field.list(16, 4);
    const type = field.at(10);
    // The numbers that kinds of a union have stand in one more list.
    if (type && field.byte(8) === kinds.union) table(field.view, type).list(6, 4);
    // A power of ten is made of it.
    if (type && field.byte(8) === kinds.decimal && table(field.view, type).int(6) > mostPlaces) {
      throw new Error('a number of too many decimals');
    }
    const dictionary = field.at(12);
    if (dictionary) members.set(table(field.view, dictionary).long(4), field.byte(8));
    for (const child of field.list(14, 4)) checkField(table(field.view, child), depth + 1);
  }

  function checkBatch(batch: Table, body: number): void {
    batches += 1;
    for (const node of batch.list(6, 16)) room.unpack(Number(batch.view.getBigInt64(node, true)));
    for (const buffer of batch.list(8, 16)) {
      const offset = Number(batch.view.getBigInt64(buffer, true));
      const length = Number(batch.view.getBigInt64(buffer + 8, true));
      if (!(offset >= 0 && length >= 0 && offset + length <= body)) throw new Error('a buffer is not in its message');
    }
    for (const count of batch.list(12, 8)) room.unpack(Number(batch.view.getBigInt64(count, true)));
  }

  /** All texts of a dictionary are made at once: each may be all that the dictionary has. */
  function checkMembers(batch: Table, body: Uint8Array, kind: number | undefined): void {
    const [node] = batch.list(6, 16);
    const buffers = batch.list(8, 16);
    if (kind === undefined || !Object.values(textKinds).includes(kind)) return;
    if (node === undefined || buffers.length < 2) throw new Error('a dictionary without its buffers');
    const compression = batch.at(10);
    const [offset, size] = [0, 8].map((more) => Number(batch.view.getBigInt64(buffers[1] + more, true)));
    const packed = body.subarray(offset, offset + size);
    const codec = compression ? table(batch.view, compression).byte(4) : undefined;
    const buffer = codec === undefined ? packed : unpackBuffer(codec, packed, room);
    const places = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const isView = kind === textKinds.binaryView || kind === textKinds.textView;
    const isLong = kind === textKinds.longBinary || kind === textKinds.longText;
    const stride = isView ? 16 : isLong ? 8 : 4;
    const placeAt = (at: number) => (isLong ? Number(places.getBigInt64(at, true)) : places.getInt32(at, true));
    const last = isView ? 0 : stride;
    const length = Number(batch.view.getBigInt64(node, true));
    if (length > 0 && length * stride + last > buffer.length)
      throw new Error('a dictionary of fewer members than it says');
    let characters = 0;
    for (let at = 0; at + stride + last <= buffer.length; at += stride) {
      characters += Math.max(0, isView ? placeAt(at) : placeAt(at + stride) - placeAt(at));
    }
    room.unpack(characters);
  }
}

interface Table {
  view: DataView;
  /** Where a field stands; 0 where it has its usual value. */
  at(place: number): number;
  byte(place: number): number;
  int(place: number): number;
  long(place: number): number;
  /** Where the members of a list stand, each of so many bytes. @throws Error where it is longer than what it is in */
  list(place: number, stride: number): number[];
}

/** @throws RangeError, as all of it does, for a place that is not in the view */
function table(view: DataView, at: number): Table {
  const start = at + view.getInt32(at, true);
  const offsets = start - view.getInt32(start, true);
  const size = view.getInt16(offsets, true);
  const fieldAt = (place: number) => {
    const offset = place < size ? view.getInt16(offsets + place, true) : 0;
    return offset === 0 ? 0 : start + offset;
  };
  return {
    view,
    at: fieldAt,
    byte(place) {
      const field = fieldAt(place);
      return field === 0 ? 0 : view.getUint8(field);
    },
    int(place) {
      const field = fieldAt(place);
      return field === 0 ? 0 : view.getInt32(field, true);
    },
    long(place) {
      const field = fieldAt(place);
      return field === 0 ? 0 : Number(view.getBigInt64(field, true));
    },
    list(place, stride) {
      const field = fieldAt(place);
      if (field === 0) return [];
      const first = field + view.getInt32(field, true) + 4;
      const length = view.getInt32(first - 4, true);
      if (length < 0 || first + length * stride > view.byteLength) throw new Error('a list is longer than the file');
      return Array.from({ length }, (_, index) => first + index * stride);
    },
  };
}

function part(view: DataView, at: number, length: number): DataView {
  if (length < 0 || at < 0) throw new Error('a length below 0');
  return new DataView(view.buffer, view.byteOffset + at, length);
}
