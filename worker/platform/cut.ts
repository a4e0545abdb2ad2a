const letters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The beginning of a text, at most `most` UTF-16 units long: no half of a character, no letter without its accents (grapheme clusters of UAX #29).
 * A first cluster that alone is longer is left out.
 */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index } of letters.segment(text)) {
    if (index > most) break;
    end = index;
  }
  return text.slice(0, end);
}

/** The same, with a sign that there is more. */
export const cutShort = (text: string, most: number): string => (text.length > most ? `${cut(text, most).trimEnd()}…` : text);
