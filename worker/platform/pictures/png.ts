import { crc32 } from 'node:zlib';
import { cut, joined, latin, must, type Picture, viewOf } from './bytes.ts';
import { orientationIn, shownSize, tiffOf } from './orientation.ts';

/** The chunks that draw a picture, its colours, and its frames where it moves (PNG, third edition, sections 5 and 11). */
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI', 'sBIT', 'bKGD', 'pHYs', 'acTL', 'fcTL', 'fdAT']);
const HEAD = 8;

const isCritical = (type: string) => /^[A-Z]/.test(type);

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  const view = viewOf(chunk);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/** A PNG without text, times and whatever a camera noted; how it was held stays. What follows its end is cut off. */
export function png(bytes: Uint8Array): Picture {
  const view = viewOf(bytes);
  const parts = [cut(bytes, 0, HEAD)];
  let size: { width: number; height: number } | undefined;
  let [orientation, hasPixels] = [1, false];
  for (let at = HEAD; ; ) {
    const length = view.getUint32(at);
    const type = latin(bytes, at + 4, 4);
    const chunk = cut(bytes, at, at + 12 + length);
    must(/^[A-Za-z]{4}$/.test(type) && (size === undefined) === (type === 'IHDR') && (!isCritical(type) || KEPT.has(type)));
    if (KEPT.has(type)) {
      must(crc32(chunk.subarray(4, 8 + length)) === view.getUint32(at + 8 + length));
      parts.push(chunk);
    }
    if (type === 'IHDR') {
      must(length === 13);
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    }
    if (type === 'eXIf') {
      orientation = orientationIn(chunk.subarray(8, 8 + length));
      if (orientation > 1) parts.push(chunkOf('eXIf', tiffOf(orientation)));
    }
    if (type === 'IDAT') hasPixels = true;
    at += 12 + length;
    if (type === 'IEND') break;
  }
  must(size !== undefined && hasPixels);
  return { type: 'image/png', ...shownSize(size.width, size.height, orientation), bytes: joined(parts) };
}
