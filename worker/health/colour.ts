export const colours = ['risk', 'watch', 'good'] as const;
export type Colour = (typeof colours)[number];

/** The highest scores of `risk` and of `watch`; above is `good`. */
export const EDGES = { risk: 50, watch: 75 } as const;
/** Points beyond an edge at which the colour changes at once. */
export const CLEARLY = 3;

/** The colour of a score by itself. */
export const bandOf = (score: number): Colour => (score <= EDGES.risk ? 'risk' : score <= EDGES.watch ? 'watch' : 'good');

/** On which side of a colour a score lies: -1 below, 1 above, 0 within. */
const sideOf = (colour: Colour, score: number) => Math.sign(colours.indexOf(bandOf(score)) - colours.indexOf(colour));

/** How many points a score on such a side is from the nearest edge of the colour. */
const beyond = (colour: Colour, score: number, side: number) => (side > 0 ? score - EDGES[colour as keyof typeof EDGES] : EDGES[colour === 'good' ? 'watch' : 'risk'] - score);

/** What was said of an account on the last day that it was looked at before. */
export interface Before {
  score: number | null;
  colour: Colour | null;
}

/** The colour of a score after that of the day before: it changes once an edge is passed by three points, or on a second day in a row. None without a score. */
export function colourOf(score: number | null, before: Before | undefined): Colour | null {
  if (score === null) return null;
  if (!before?.colour || before.score === null) return bandOf(score);
  const side = sideOf(before.colour, score);
  if (side === 0) return before.colour;
  const isSecond = side === sideOf(before.colour, before.score);
  return isSecond || beyond(before.colour, score, side) >= CLEARLY ? bandOf(score) : before.colour;
}

/** Which way a score goes. */
export type Way = 'up' | 'down' | 'steady';

/** Weeks of changes from one to the next that it takes to know what is noise, and the least of points that tell anything. */
const [KNOWN, LEAST] = [4, 3];

/**
 * Points that a score may differ from that of four weeks ago by mere noise, from the mean size of its changes from week to week before these.
 * Of normal noise the standard deviation is √(π/2) times that mean, and that of four independent weeks twice as much.
 */
export const noiseOf = (weeks: number, mean: number) => (weeks < KNOWN ? LEAST : Math.max(LEAST, 2 * Math.sqrt(Math.PI / 2) * mean));

/** Which way a score went since; null where there is nothing to compare. */
export function wayOf(score: number | null, past: number | null, noise: number): Way | null {
  if (score === null || past === null) return null;
  return Math.abs(score - past) < noise ? 'steady' : score > past ? 'up' : 'down';
}
