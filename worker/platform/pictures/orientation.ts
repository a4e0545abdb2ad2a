import { viewOf } from './bytes.ts';

const ORIENTATION = 0x0112;
const SHORT = 3;

/** How a camera was held, 1 to 8, from a TIFF header with its first directory (TIFF 6.0, section 2); 1, upright, when it does not say. */
export function orientationIn(tiff: Uint8Array): number {
  try {
    const view = viewOf(tiff);
    const little = view.getUint16(0) === 0x4949;
    if ((!little && view.getUint16(0) !== 0x4d4d) || view.getUint16(2, little) !== 42) return 1;
    const directory = view.getUint32(4, little);
    const entries = view.getUint16(directory, little);
    for (let i = 0; i < entries; i++) {
      const at = directory + 2 + i * 12;
      if (view.getUint16(at, little) !== ORIENTATION || view.getUint16(at + 2, little) !== SHORT) continue;
      const value = view.getUint16(at + 8, little);
      return value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
  } catch {
    return 1;
  }
}

/** The size of a picture as it is shown: from 5 on it lies on its side. */
export const shownSize = (width: number, height: number, orientation: number) => (orientation >= 5 ? { width: height, height: width } : { width, height });

/** A TIFF header that says this orientation and nothing else. */
export const tiffOf = (orientation: number) => Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ORIENTATION >> 8, ORIENTATION & 0xff, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0);
