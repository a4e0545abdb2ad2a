import { cut, joined, latin, must, type Picture, viewOf } from './bytes.ts';

/** Introducers and labels of GIF89a, appendix A. */
const [IMAGE, EXTENSION, TRAILER] = [0x2c, 0x21, 0x3b];
const [CONTROL, APPLICATION] = [0xf9, 0xff];
/** Extensions that say how often it plays, and which colours it means. */
const APPLICATIONS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);

const tableIn = (flags: number) => (flags & 0x80 ? 3 * (2 << (flags & 7)) : 0);

/** Where the data sub-blocks that begin here are over. */
function afterBlocks(bytes: Uint8Array, from: number): number {
  for (let at = from; ; ) {
    const length = bytes[at];
    must(length !== undefined);
    at += 1 + length;
    if (length === 0) return at;
  }
}

const isKept = (bytes: Uint8Array, at: number) => bytes[at + 1] === CONTROL || (bytes[at + 1] === APPLICATION && bytes[at + 2] === 11 && APPLICATIONS.has(latin(bytes, at + 3, 11)));

/** A GIF without comments and notes of programs. What follows its end is cut off. */
export function gif(bytes: Uint8Array): Picture {
  const view = viewOf(bytes);
  let at = 13 + tableIn(view.getUint8(10));
  const parts = [cut(bytes, 0, at)];
  let hasPixels = false;
  for (; bytes[at] !== TRAILER; ) {
    const start = at;
    must(bytes[at] === IMAGE || bytes[at] === EXTENSION);
    const isImage = bytes[at] === IMAGE;
    at = afterBlocks(bytes, isImage ? at + 11 + tableIn(view.getUint8(at + 9)) : at + 2);
    hasPixels ||= isImage;
    if (isImage || isKept(bytes, start)) parts.push(cut(bytes, start, at));
  }
  must(hasPixels);
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true), bytes: joined([...parts, Uint8Array.of(TRAILER)]) };
}
