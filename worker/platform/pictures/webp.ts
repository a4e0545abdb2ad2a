import { cut, joined, latin, must, type Picture, viewOf } from './bytes.ts';

/** The chunks that draw a picture (RFC 9649, section 2.7). */
const KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const WITHIN_FRAME = new Set(['VP8 ', 'VP8L', 'ALPH']);
/** Bits of VP8X that say that there are notes of a camera (Exif) and of a program (XMP). */
const NOTES = 0x0c;
const FRAME_HEAD = 16;

interface Chunk {
  type: string;
  data: Uint8Array;
}

function chunksIn(bytes: Uint8Array): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = viewOf(bytes).getUint32(at + 4, true);
    chunks.push({ type: latin(bytes, at, 4), data: cut(bytes, at + 8, at + 8 + length) });
    at += 8 + length + (length & 1);
  }
  return chunks;
}

function written({ type, data }: Chunk): Uint8Array {
  const chunk = new Uint8Array(8 + data.length + (data.length & 1));
  chunk.set(new TextEncoder().encode(type));
  viewOf(chunk).setUint32(4, data.length, true);
  chunk.set(data, 8);
  return chunk;
}

/** A chunk as it is kept: the head of all says that there are no notes, a frame holds pixels only. */
function kept({ type, data }: Chunk): Chunk {
  if (type === 'VP8X') {
    const head = data.slice();
    head[0]! &= ~NOTES;
    return { type, data: head };
  }
  if (type !== 'ANMF') return { type, data };
  const within = chunksIn(data.subarray(FRAME_HEAD)).filter((chunk) => WITHIN_FRAME.has(chunk.type));
  return { type, data: joined([cut(data, 0, FRAME_HEAD), ...within.map(written)]) };
}

function sizeOf({ type, data }: Chunk): { width: number; height: number } {
  const view = viewOf(data);
  if (type === 'VP8X') return { width: 1 + (view.getUint32(4, true) & 0xffffff), height: 1 + (view.getUint32(6, true) >>> 8) };
  if (type === 'VP8L') {
    must(data[0] === 0x2f);
    const bits = view.getUint32(1, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  must(type === 'VP8 ' && data[3] === 0x9d && data[4] === 0x01 && data[5] === 0x2a);
  return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
}

/** A WebP without notes of cameras and programs. What follows its end is cut off. */
export function webp(bytes: Uint8Array): Picture {
  const end = 8 + viewOf(bytes).getUint32(4, true);
  const [head, ...rest] = chunksIn(cut(bytes, 12, end));
  must(head !== undefined);
  const { width, height } = sizeOf(head);
  const chunks = head.type === 'VP8X' ? [head, ...rest.filter(({ type }) => KEPT.has(type) && type !== 'VP8X')] : [head];
  must(chunks.some(({ type }) => type === 'VP8 ' || type === 'VP8L' || type === 'ANMF'));
  const body = joined(chunks.map(kept).map(written));
  const start = new Uint8Array(12);
  start.set(new TextEncoder().encode('RIFF\0\0\0\0WEBP'));
  viewOf(start).setUint32(4, 4 + body.length, true);
  return { type: 'image/webp', width, height, bytes: joined([start, body]) };
}
