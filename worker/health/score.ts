import { pointsOn } from './curve.ts';
import { type Group, groups, type Key, measures, measuresOf, type Weights } from './measures.ts';

/** What was found of a measure: its value, of how many, and how many days ago the newest of them was. */
export interface Measured {
  value: number;
  n: number;
  age: number;
  /** What it can be looked up by: the number of a ticket or topic, or the id of a person. */
  evidence?: string | number | null;
}

/** What a measure gives: points from 0 to 100, and its share of the score, from 0 to 1. */
export interface Part {
  points: number;
  share: number;
}

export type Parts = Partial<Record<Key, Part>>;

export interface Score {
  /** 0 to 100; null where too little is known. */
  score: number | null;
  /** Which share of all weight is there, 0 to 1. */
  coverage: number;
  parts: Parts;
}

/** Under so much coverage there is no score, and under `THIN` it is shown as one that rests on little. */
export const ENOUGH = 0.5;
export const THIN = 0.8;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** How much of its weight a measure has left: half of it after each half-life without anything new. */
const freshness = (key: Key, age: number) => 2 ** (-Math.max(0, age) / (measures[key].halfLife ?? Number.POSITIVE_INFINITY));

/** The measures that say something: of enough, and on their curve. What is missing is left out, and never counts as 0. */
function present(measured: Partial<Record<Key, Measured>>, key: Key) {
  const found = measured[key];
  if (!found || found.n < measures[key].least) return [];
  const points = pointsOn(measures[key].curve, found.value);
  return points === undefined ? [] : [{ key, points, fresh: freshness(key, found.age) }];
}

/** A group: the mean of its measures by their weight. It counts as much as the freshest of them, so that it fades with them. */
function groupOf(group: Group, measured: Partial<Record<Key, Measured>>, weights: Weights) {
  const weightOf = (key: Key) => weights.measures[key];
  const there = measuresOf(group).flatMap((key) => present(measured, key)).filter(({ key }) => weightOf(key) > 0);
  const all = sum(measuresOf(group).map(weightOf));
  const inside = sum(there.map(({ key, fresh }) => weightOf(key) * fresh));
  const weight = inside > 0 ? weights.groups[group] * Math.max(...there.map(({ fresh }) => fresh)) : 0;
  return { weight, covered: all > 0 ? (weights.groups[group] * inside) / all : 0, whole: all > 0 ? weights.groups[group] : 0, shares: there.map(({ key, points, fresh }) => ({ key, points, inside: (weightOf(key) * fresh) / inside })) };
}

/** The score of what was measured: the mean of the groups by their weight, each the mean of its measures, of those that are there. */
export function scoreOf(measured: Partial<Record<Key, Measured>>, weights: Weights): Score {
  const made = groups.map((group) => groupOf(group, measured, weights));
  const [weight, whole] = [sum(made.map((one) => one.weight)), sum(made.map((one) => one.whole))];
  const coverage = whole > 0 ? sum(made.map((one) => one.covered)) / whole : 0;
  if (weight === 0) return { score: null, coverage: 0, parts: {} };
  const shares = made.flatMap((one) => one.shares.map(({ key, points, inside }) => [key, { points, share: (one.weight / weight) * inside }] as const));
  const score = sum(shares.map(([, { points, share }]) => points * share));
  return { score: coverage < ENOUGH ? null : score, coverage, parts: Object.fromEntries(shares) };
}

/** A limit that holds for an account now, and the number of the ticket that is why. */
export interface Capped {
  cap: 'urgent';
  points: number;
  /** Days that it has been so. */
  days: number;
  number: number;
}

/** A score under its limits. */
export const under = (score: number | null, limits: readonly Pick<Capped, 'points'>[]) => (score === null ? null : Math.min(score, ...limits.map(({ points }) => points)));
