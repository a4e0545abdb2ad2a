import type { Curve, Direction } from './curve.ts';

export const groups = ['relationship', 'support', 'community', 'feedback', 'commercial'] as const;
export type Group = (typeof groups)[number];

export const keys = ['touch', 'admins', 'questions', 'urgent', 'waiting', 'reopened', 'csat', 'active', 'answered', 'nps', 'renewal'] as const;
export type Key = (typeof keys)[number];

/** A measure as it is declared. Windows, ages and half-lives are whole days, UTC. */
export interface Measure {
  group: Group;
  /** Its weight among those of its group, until an admin says otherwise. */
  weight: number;
  curve: Curve;
  direction: Direction;
  /** What the value counts: days, people, tickets; a share is from 0 to 1, a score from 0 to 10. */
  unit: 'days' | 'people' | 'tickets' | 'share' | 'score';
  /** Days back that it looks; none where it looks at what is now. */
  window?: number;
  /** Of fewer than so many there is no measure. */
  least: number;
  /** After so many days without anything new it counts half. */
  halfLife?: number;
}

const line = (worst: number, best: number, outside: 'saturates' | 'bounded' = 'saturates'): Curve => ({ kind: 'linear', worst, best, outside });

/** What health is made of (see the article “How health is computed”, which says the same in words). */
export const measures: Record<Key, Measure> = {
  /** Days since anybody of theirs wrote anywhere. */
  touch: { group: 'relationship', weight: 50, unit: 'days', curve: line(60, 7), direction: 'falls', least: 1 },
  /** Days since one of their account admins wrote. */
  admins: { group: 'relationship', weight: 25, unit: 'days', curve: line(90, 14), direction: 'falls', least: 1 },
  /** Share of what we asked them in open tickets that has waited for them for less than a week. */
  questions: { group: 'relationship', weight: 25, unit: 'share', curve: line(0, 1), direction: 'rises', least: 1 },
  /** Their open urgent tickets. */
  urgent: { group: 'support', weight: 30, unit: 'tickets', curve: { kind: 'thresholds', steps: [[0, 100], [1, 40], [2, 20]], beyond: 0 }, direction: 'falls', window: 90, least: 1 },
  /** Share of their open tickets that have waited for us for more than a day. */
  waiting: { group: 'support', weight: 25, unit: 'share', curve: line(1, 0), direction: 'falls', least: 1 },
  /** Share of their tickets of the window that were solved and opened again. */
  reopened: { group: 'support', weight: 15, unit: 'share', curve: line(0.4, 0), direction: 'falls', window: 90, least: 3 },
  /** Share of ratings that were content. */
  csat: { group: 'support', weight: 30, unit: 'share', curve: line(0.5, 1), direction: 'rises', window: 90, least: 2, halfLife: 45 },
  /** People of theirs who wrote; nothing where none of them ever did. */
  active: { group: 'community', weight: 60, unit: 'people', curve: { kind: 'log', worst: 0, best: 5 }, direction: 'rises', window: 30, least: 1 },
  /** Share of the questions they asked in the community that have an accepted answer; those of the last three days only if they have one. */
  answered: { group: 'community', weight: 40, unit: 'share', curve: line(0, 0.8), direction: 'rises', window: 180, least: 2, halfLife: 90 },
  /** The mean of what they said how likely they are to recommend us. */
  nps: { group: 'feedback', weight: 100, unit: 'score', curve: line(4, 9), direction: 'rises', window: 180, least: 1, halfLife: 90 },
  /** Days until they renew. A date two months past or more is one that nobody keeps. */
  renewal: { group: 'commercial', weight: 100, unit: 'days', curve: { kind: 'thresholds', steps: [[-1, 0], [30, 40], [90, 70]], beyond: 100 }, direction: 'rises', window: 60, least: 1 },
};

/** What of an account counts how much: any numbers, of which only the shares matter. */
export interface Weights {
  groups: Record<Group, number>;
  measures: Record<Key, number>;
}

/** As long as no admin says otherwise. */
export const firstWeights: Weights = {
  groups: { relationship: 25, support: 30, community: 15, feedback: 15, commercial: 15 },
  measures: Object.fromEntries(keys.map((key) => [key, measures[key].weight])) as Record<Key, number>,
};

/** The measures of a group, in their order. */
export const measuresOf = (group: Group) => keys.filter((key) => measures[key].group === group);

/** Limits that hold whatever the measures say. */
export const caps = {
  /** Of an urgent ticket that is open for more than so many days. */
  urgent: { days: 3, points: 60 },
} as const;
