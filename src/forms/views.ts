import type { Portal } from '../../worker/platform/portal.ts';
import type { Query } from '../../worker/platform/query.ts';
import { can } from '../../worker/platform/viewer.ts';
import { questionsCounted } from '../../worker/questions/queries.ts';
import { suspendedCount } from '../../worker/suspended/queries.ts';
import { defaultViews, type View } from '../../worker/views/defaults.ts';
import { countsOf, myViews } from '../../worker/views/queries.ts';

export type { View };

/** People whose views this worker remembers. */
const MOST = 500;

const remembered = new Map<string, View[]>();

type Results<Queries extends Query<unknown>[]> = { [K in keyof Queries]: Queries[K] extends Query<infer Result> ? Result : never };

export interface Shown<Rest> {
  /** The reader's views, with how many tickets each has, 100 at most. */
  views: (View & { count: number })[];
  /** How many questions of the community wait, 100 at most. */
  questions: number;
  /** How many tickets wait to be looked at, 100 at most; undefined for who does not decide about them. */
  suspended: number | undefined;
  rest: Rest;
}

/**
 * The reader's views with their counts, and what the page asks beside them, in one round trip. A view's condition is known only once it is read, so it is
 * asked by the views that this worker remembers; if the ones that come back with the answer are others, it is asked again by those.
 */
export async function withViews<Queries extends Query<unknown>[]>(portal: Portal, ask: (views: View[]) => [...Queries]): Promise<Shown<Results<Queries>>> {
  for (let views = remembered.get(portal.viewer.id ?? '') ?? defaultViews, tries = 0; ; tries++) {
    const [actual, counted, questions, suspended, ...rest] = await portal.load(myViews(), countsOf(views, Date.now()), questionsCounted(), suspendedCount(), ...ask(views));
    const shown = { views: views.map((view, i) => ({ ...view, count: counted?.counts[i] ?? 0 })), questions: questions?.count ?? 0, suspended: suspended?.count, rest: rest as Results<Queries> };
    if (!can(portal.viewer, 'tickets.see') || JSON.stringify(actual) === JSON.stringify(views) || tries > 2) return shown;
    views = actual;
    if (remembered.size >= MOST) remembered.clear();
    remembered.set(portal.viewer.id ?? '', views);
  }
}

/** What a view is called: by its own name, or, where it came with the workspace, in the reader's language. */
export const nameOf = ({ id, name }: Pick<View, 'id' | 'name'>, words: Record<string, string>) => name || (words[id] ?? id);
