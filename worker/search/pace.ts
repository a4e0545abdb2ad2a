import { Pace } from '../platform/pace.ts';
import type { Viewer } from '../platform/viewer.ts';

const pace = new Pace({ most: 20, within: 60_000 });

/** This very machine: what comes through a proxy on it that does not say for whom would be everybody. */
const HERE = /^(127\.|::1$|unknown$)/;

/** Seconds that somebody, or a network of visitors, has to wait with their next search, which is counted: 0 up to twenty in a minute. */
export function secondsToWait({ id }: Pick<Viewer, 'id'>, network: string, now = Date.now()): number {
  if (id === null && HERE.test(network)) return 0;
  return Math.ceil(pace.wait(id ?? network, now) / 1_000);
}
