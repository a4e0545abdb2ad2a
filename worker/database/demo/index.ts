import type { WrittenLine } from '../../data/line.ts';
import { clockOf } from './clock.ts';
import { people } from './people.ts';
import { tickets } from './tickets.ts';
import { topics } from './topics.ts';
import { voices } from './voices.ts';

/** The demo workspace, in the import format: a company that sells online booking, and five months with its customers. */
export function demoLines(now: Date): WrittenLine[] {
  const clock = clockOf(now);
  return [...people(clock), ...topics(clock), ...tickets(clock), ...voices(clock)];
}
