import { cut, joined, latin, must, type Picture, viewOf } from './bytes.ts';
import { orientationIn, shownSize, tiffOf } from './orientation.ts';

/** Markers of ITU-T T.81, table B.1. */
const [SOS, EOI, APP0, APP1, APP2, APP14, APP15, COM] = [0xda, 0xd9, 0xe0, 0xe1, 0xe2, 0xee, 0xef, 0xfe];

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const isNote = (marker: number) => (marker >= APP0 && marker <= APP15) || marker === COM;
const isWithoutLength = (marker: number) => marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** What is kept of an application's segment: JFIF without its thumbnail, colour profiles, and how Adobe's colours are turned. */
function kept(marker: number, segment: Uint8Array): Uint8Array | undefined {
  const names = (name: string) => segment.length >= 4 + name.length && latin(segment, 4, name.length) === name;
  if (marker === APP0 && names('JFIF\0') && segment.length >= 18) return joined([Uint8Array.of(0xff, APP0, 0, 16), segment.subarray(4, 16), Uint8Array.of(0, 0)]);
  if (marker === APP2 && names('ICC_PROFILE\0')) return segment;
  if (marker === APP14 && names('Adobe')) return joined([Uint8Array.of(0xff, APP14, 0, 14), cut(segment, 4, 16)]);
  return undefined;
}

const turned = (orientation: number) => joined([Uint8Array.of(0xff, APP1, 0, 34), new TextEncoder().encode('Exif\0\0'), tiffOf(orientation)]);

/** Where the next marker stands after the compressed pixels that begin here. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; ; at += 2) {
    at = bytes.indexOf(0xff, at);
    const next = bytes[at + 1];
    must(at >= 0 && next !== undefined);
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
}

/** A JPEG without places, times, comments and thumbnails; how the camera was held stays. What follows its end is cut off. */
export function jpeg(bytes: Uint8Array): Picture {
  const view = viewOf(bytes);
  const parts: Uint8Array[] = [];
  let [width, height, orientation, hasPixels] = [0, 0, 1, false];
  for (let at = 2; ; ) {
    must(bytes[at] === 0xff);
    while (bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1]!;
    if (marker === EOI) break;
    must(!isWithoutLength(marker));
    const end = at + 2 + view.getUint16(at + 2);
    const segment = cut(bytes, at, end);
    must(segment.length >= 4);
    if (isFrame(marker)) [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    if (marker === APP1 && segment.length > 10 && latin(segment, 4, 6) === 'Exif\0\0') orientation = orientationIn(segment.subarray(10));
    const part = isNote(marker) ? kept(marker, segment) : segment;
    if (part) parts.push(part);
    at = end;
    if (marker !== SOS) continue;
    at = endOfScan(bytes, end);
    parts.push(cut(bytes, end, at));
    hasPixels = true;
  }
  must(hasPixels);
  return { type: 'image/jpeg', ...shownSize(width, height, orientation), bytes: joined([Uint8Array.of(0xff, 0xd8), ...(orientation > 1 ? [turned(orientation)] : []), ...parts, Uint8Array.of(0xff, EOI)]) };
}
