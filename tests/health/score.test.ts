import { expect, test } from 'vitest';
import { pointsOn } from '../../worker/health/curve.ts';
import { bandOf, CLEARLY, colourOf, colours, EDGES, noiseOf, wayOf } from '../../worker/health/colour.ts';
import { type Move, movesBetween, strongest, weightsOf } from '../../worker/health/explain.ts';
import { firstWeights, groups, type Key, keys, measures, measuresOf, type Weights } from '../../worker/health/measures.ts';
import { ENOUGH, type Measured, type Parts, scoreOf, under } from '../../worker/health/score.ts';

/** A sequence of numbers from 0 to 1 that is the same each time (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Found = Partial<Record<Key, Measured>>;

const ranges: Record<(typeof measures)[Key]['unit'], number> = { days: 400, people: 12, tickets: 6, share: 1, score: 10 };

/** Something measured of each key, or nothing, within what its unit allows. */
const somethingOf = (random: () => number, presence = 0.7): Found =>
  Object.fromEntries(keys.flatMap((key) => (random() < presence ? [[key, { value: random() * ranges[measures[key].unit], n: 1 + Math.floor(random() * 6), age: Math.floor(random() * 200) }]] : [])));

const weightsBy = (random: () => number): Weights => ({
  groups: Object.fromEntries(groups.map((group) => [group, random() < 0.15 ? 0 : random() * 50])) as Weights['groups'],
  measures: Object.fromEntries(keys.map((key) => [key, random() < 0.15 ? 0 : random() * 50])) as Weights['measures'],
});

const ROUNDS = 3_000;
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const total = (parts: Parts) => sum(Object.values(parts).map(({ points, share }) => points * share));
const enough = (key: Key, value: number, age = 0): Measured => ({ value, n: measures[key].least, age });
const full = (value: (key: Key) => number, age = 0): Found => Object.fromEntries(keys.map((key) => [key, enough(key, value(key), age)]));
/** The best and the worst there is of a measure. */
const extreme = (key: Key, isBest: boolean) => (measures[key].direction === 'rises' ? isBest : !isBest) ? ranges[measures[key].unit] : 0;

test('a score lies between 0 and 100, shares make one whole, and without enough coverage there is none', () => {
  const random = chance(1);
  let scored = 0;
  for (let i = 0; i < ROUNDS; i++) {
    const [measured, weights] = [somethingOf(random), weightsBy(random)];
    const { score, coverage, parts } = scoreOf(measured, weights);
    expect(coverage).toBeGreaterThanOrEqual(0);
    expect(coverage).toBeLessThanOrEqual(1 + 1e-9);
    expect(score === null).toBe(coverage < ENOUGH);
    if (Object.keys(parts).length > 0) expect(sum(Object.values(parts).map(({ share }) => share))).toBeCloseTo(1, 9);
    if (score === null) continue;
    scored++;
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(100 + 1e-9);
    expect(total(parts)).toBeCloseTo(score, 9);
  }
  expect(scored).toBeGreaterThan(ROUNDS / 20);
});

test('of everything at its best the score is 100, at its worst 0, and of half of the weight it is known', () => {
  expect(scoreOf(full((key) => extreme(key, true)), firstWeights)).toMatchObject({ score: 100, coverage: 1 });
  const worst = scoreOf({ ...full((key) => extreme(key, false)), renewal: enough('renewal', -5) }, firstWeights);
  expect([worst.score, worst.coverage]).toEqual([0, 1]);
  expect(scoreOf({}, firstWeights)).toEqual({ score: null, coverage: 0, parts: {} });
});

test('what is missing is left out: never 0, never an average, and it makes nothing of the others', () => {
  const random = chance(2);
  for (let i = 0; i < ROUNDS; i++) {
    const [measured, weights] = [somethingOf(random, 0.9), weightsBy(random)];
    const key = keys[Math.floor(random() * keys.length)]!;
    const { [key]: _, ...others } = measured;
    const few = { ...others, [key]: { value: 0, n: measures[key].least - 1, age: 0 } };
    expect(scoreOf(few, weights)).toEqual(scoreOf(others, weights));
    expect(scoreOf(others, weights).parts[key]).toBeUndefined();
  }
  const half: Found = { touch: enough('touch', 0), admins: enough('admins', 0), questions: enough('questions', 1), urgent: enough('urgent', 0), waiting: enough('waiting', 0), reopened: enough('reopened', 0) };
  expect(scoreOf(half, firstWeights).score).toBe(scoreOf({ ...half, csat: { value: 0, n: 1, age: 0 } }, firstWeights).score);
});

test('only the shares of weights matter', () => {
  const random = chance(3);
  for (let i = 0; i < ROUNDS; i++) {
    const [measured, weights] = [somethingOf(random), weightsBy(random)];
    const [a, b] = [random() * 9 + 0.1, random() * 9 + 0.1];
    const scaled: Weights = {
      groups: Object.fromEntries(groups.map((group) => [group, weights.groups[group] * a])) as Weights['groups'],
      measures: Object.fromEntries(keys.map((key) => [key, weights.measures[key] * b])) as Weights['measures'],
    };
    const [one, other] = [scoreOf(measured, weights), scoreOf(measured, scaled)];
    expect(other.coverage).toBeCloseTo(one.coverage, 9);
    if (Math.abs(one.coverage - ENOUGH) > 1e-9) expect(other.score ?? -1).toBeCloseTo(one.score ?? -1, 6);
  }
});

test('every curve goes the way that its measure declares, within 0 and 100, and its groups and keys are one another’s', () => {
  for (const key of keys) {
    const { curve, direction, unit } = measures[key];
    const values = Array.from({ length: 401 }, (_, i) => (i / 400) * ranges[unit] * 1.2 - ranges[unit] * 0.1);
    const points = values.map((value) => pointsOn(curve, value)).filter((one) => one !== undefined);
    for (const [i, one] of points.entries()) {
      expect(one, key).toBeGreaterThanOrEqual(0);
      expect(one, key).toBeLessThanOrEqual(100);
      if (i > 0) expect(direction === 'rises' ? one >= points[i - 1]! : one <= points[i - 1]!, `${key} at ${values[i]}`).toBe(true);
    }
    expect(new Set(points).size, key).toBeGreaterThan(2);
  }
  expect(groups.flatMap((group) => measuresOf(group)).sort()).toEqual([...keys].sort());
});

test('curves: steps, a line that saturates, one that says nothing outside, and a logarithm by which the first count most', () => {
  const steps = { kind: 'thresholds', steps: [[0, 100], [2, 40]], beyond: 5 } as const;
  expect([-1, 0, 1, 2, 3].map((value) => pointsOn(steps, value))).toEqual([100, 100, 40, 40, 5]);
  const falling = { kind: 'linear', worst: 60, best: 10, outside: 'saturates' } as const;
  expect([0, 10, 35, 60, 99].map((value) => pointsOn(falling, value))).toEqual([100, 100, 50, 0, 0]);
  expect([0, 10, 35, 60, 99].map((value) => pointsOn({ ...falling, outside: 'bounded' }, value))).toEqual([undefined, 100, 50, 0, undefined]);
  const [first, second, third] = [0, 1, 2].map((value) => pointsOn({ kind: 'log', worst: 0, best: 5 }, value + 1)! - pointsOn({ kind: 'log', worst: 0, best: 5 }, value)!);
  expect(first! > second! && second! > third!).toBe(true);
  expect(pointsOn(falling, Number.NaN)).toBeUndefined();
});

test('what is stale fades to absent, not to a value, and takes its group with it', () => {
  const measured = full((key) => (key === 'nps' ? 0 : extreme(key, true)));
  const aged = (age: number) => scoreOf({ ...measured, nps: { ...enough('nps', 0), age } }, firstWeights);
  const without = scoreOf(Object.fromEntries(Object.entries(measured).filter(([key]) => key !== 'nps')), firstWeights);
  expect(aged(90).parts.nps!.share / (1 - aged(90).parts.nps!.share)).toBeCloseTo((0.5 * 15) / 85, 9);
  const scores = [0, 45, 90, 180, 2_000].map((age) => aged(age).score!);
  expect(scores).toEqual([...scores].sort((a, b) => a - b));
  expect(scores.at(-1)).toBeCloseTo(without.score!, 3);
  expect(aged(2_000).coverage).toBeCloseTo(without.coverage, 3);
});

test('limits lower a score and never lift it', () => {
  expect([under(80, [{ points: 60 }]), under(40, [{ points: 60 }]), under(80, []), under(null, [{ points: 60 }])]).toEqual([60, 40, 80, null]);
});

test('what moved a score adds up to the whole change, whatever came, went, faded, was weighed anew or limited', () => {
  const random = chance(4);
  let compared = 0;
  for (let i = 0; i < ROUNDS; i++) {
    const limit = () => (random() < 0.3 ? [{ points: Math.floor(random() * 100) }] : []);
    const weights = weightsBy(random);
    const [a, b] = [scoreOf(somethingOf(random, 0.9), weights), scoreOf(somethingOf(random, 0.9), random() < 0.5 ? weights : weightsBy(random))];
    const [then, now] = [{ score: under(a.score, limit()), parts: a.parts }, { score: under(b.score, limit()), parts: b.parts }];
    const moves = movesBetween(then, now);
    if (then.score === null || now.score === null) expect(moves).toEqual([]);
    else {
      compared++;
      expect(sum(moves.map(({ points }) => points))).toBeCloseTo(now.score - then.score, 2);
      expect(sum(weightsOf(now).map(({ points }) => points))).toBeCloseTo(now.score - 50, 2);
    }
  }
  expect(compared).toBeGreaterThan(ROUNDS / 10);
});

test('where only one measure changed it alone moved the score, by its share of what it changed', () => {
  const [then, now] = [scoreOf(full((key) => extreme(key, true)), firstWeights), scoreOf({ ...full((key) => extreme(key, true)), touch: enough('touch', 33.5) }, firstWeights)];
  const moves = movesBetween(then, now).filter(({ points }) => Math.abs(points) > 1e-9);
  expect(moves).toEqual([{ by: 'touch', points: expect.closeTo(-0.125 * 50, 9) }]);
  const many: Move[] = keys.map((by, i) => ({ by, points: i - 5 }));
  expect(strongest(many).up.map(({ points }) => points)).toEqual([5, 4, 3, 2, 1]);
  expect(strongest(many).down.map(({ points }) => points)).toEqual([-5, -4, -3, -2, -1]);
});

test('a colour changes once an edge is passed by three points, or on a second day in a row', () => {
  expect([0, 50, 50.1, 75, 75.1, 100].map(bandOf)).toEqual(['risk', 'risk', 'watch', 'watch', 'good', 'good']);
  expect(colourOf(null, { score: 80, colour: 'good' })).toBeNull();
  expect(colourOf(74, undefined)).toBe('watch');
  expect(colourOf(74, { score: null, colour: null })).toBe('watch');
  expect(colourOf(74, { score: 76, colour: 'good' })).toBe('good');
  expect(colourOf(72, { score: 76, colour: 'good' })).toBe('watch');
  expect(colourOf(74, { score: 74.5, colour: 'good' })).toBe('watch');
  expect(colourOf(77, { score: 74, colour: 'watch' })).toBe('watch');
  expect(colourOf(77, { score: 76, colour: 'watch' })).toBe('good');
  expect(colourOf(78, { score: 60, colour: 'watch' })).toBe('good');
  expect(colourOf(51, { score: 48, colour: 'watch' })).toBe('watch');
  expect(colourOf(49, { score: 52, colour: 'good' })).toBe('risk');
  const random = chance(5);
  for (let i = 0; i < ROUNDS; i++) {
    const [score, last, colour] = [random() * 100, random() * 100, colours[Math.floor(random() * 3)]!];
    const next = colourOf(score, { score: last, colour });
    expect([colour, bandOf(score)]).toContain(next);
    const edges = Object.values(EDGES);
    if (edges.every((edge) => Math.abs(score - edge) >= CLEARLY)) expect(next).toBe(bandOf(score));
  }
});

test('which way a score goes, past what is noise', () => {
  expect([wayOf(80, 70, 3), wayOf(70, 80, 3), wayOf(71, 70, 3), wayOf(null, 70, 3), wayOf(70, null, 3)]).toEqual(['up', 'down', 'steady', null, null]);
  expect([noiseOf(0, 0), noiseOf(3, 10), noiseOf(4, 0.1)]).toEqual([3, 3, 3]);
  expect(noiseOf(8, 4)).toBeCloseTo(10.03, 2);
});
