import { stemOf, wordsOf } from '../platform/text.ts';
import { isCommon } from '../search/access.ts';

/** The stems of words that tell what texts are about, those of the first text first. */
export const telling = (texts: string[], most: number): string[] => [...new Set(texts.flatMap((text) => wordsOf(text).filter((word) => word.length > 2 && !isCommon(word)).map(stemOf)))].slice(0, most);
