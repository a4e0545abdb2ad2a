/** What a picture throws that is not what its first bytes promise. */
export class Damaged extends Error {}

/** A picture as it is kept: its size in pixels, as it is shown, and bytes with nothing in them but what draws it. */
export interface Picture {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  width: number;
  height: number;
  bytes: Uint8Array;
}

/** Throws `Damaged` unless it holds. */
export function must(holds: boolean): asserts holds {
  if (!holds) throw new Damaged('damaged picture');
}

/** Bytes `from` up to, not including, `to`; all of them have to be there. */
export function cut(bytes: Uint8Array, from: number, to: number): Uint8Array {
  must(from >= 0 && to >= from && to <= bytes.length);
  return bytes.subarray(from, to);
}

export const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Bytes as Latin-1 text. */
export const latin = (bytes: Uint8Array, from: number, length: number) => String.fromCharCode(...cut(bytes, from, from + length));

export function joined(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
