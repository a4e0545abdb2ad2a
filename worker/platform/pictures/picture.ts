import { Damaged, must, type Picture } from './bytes.ts';
import { gif } from './gif.ts';
import { jpeg } from './jpeg.ts';
import { png } from './png.ts';
import { webp } from './webp.ts';

export { Damaged, type Picture };

/** The most pixels of a picture: larger ones are made to fill the memory of who looks at them. */
const MOST_PIXELS = 50_000_000;

/** First bytes of each kind, as Latin-1 text. */
const KINDS: [RegExp, (bytes: Uint8Array) => Picture][] = [
  [/^\x89PNG\r\n\x1a\n/, png],
  [/^\xff\xd8\xff/, jpeg],
  [/^GIF8[79]a/, gif],
  [/^RIFF.{4}WEBP/s, webp],
];

/** The picture that these bytes are, written anew with nothing in it but the picture; undefined when they begin like none. Throws `Damaged`. */
export function pictureIn(bytes: Uint8Array): Picture | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  const read = KINDS.find(([magic]) => magic.test(start))?.[1];
  if (!read) return undefined;
  try {
    const picture = read(bytes);
    must(picture.width > 0 && picture.height > 0 && picture.width * picture.height <= MOST_PIXELS);
    return picture;
  } catch (error) {
    if (error instanceof RangeError) throw new Damaged('damaged picture');
    throw error;
  }
}
