import { unreadTopics } from '../../worker/following/queries.ts';
import { topicsPage, type TopicFilter } from '../../worker/forum/queries.ts';
import type { Query } from '../../worker/platform/query.ts';
import { hotTopics, type Period, periods, topTopics } from '../../worker/rankings/queries.ts';

/** How topics are listed. */
export type View = 'latest' | 'hot' | 'top' | 'unanswered' | 'unsolved' | 'unread' | 'mine';

/** Topics of a list on one page. */
const SHOWN = 30;
/** Unread ones that are shown, all on one page. */
const UNREAD = 100;

/** Which of these views of a list an address asks for, from when, and after what. */
export function viewIn<Offered extends View>({ searchParams }: URL, offered: readonly Offered[]) {
  return {
    view: offered.find((one) => one === searchParams.get('view')) ?? ('latest' as const),
    period: periods.find((one) => one === searchParams.get('period')) ?? ('week' as const),
    after: searchParams.get('after') ?? undefined,
  };
}

type Listed = (ReturnType<typeof topicsPage> extends Query<infer Found> ? Found : never)['items'][number];

/** A row of any of these lists. */
type Row = Pick<Listed, 'id' | 'number' | 'slug' | 'title' | 'kind' | 'postsCount' | 'acceptedPostId' | 'problemState' | 'lastPostAt' | 'category' | 'categorySlug' | 'author' | 'lastRead'> & { pinnedAt?: Date | null };

/** What stands in a view, of all categories or of one; those that have no further pages say so. */
export function listed(view: Exclude<View, 'mine'>, period: Period, after: string | undefined, within: Pick<TopicFilter, 'category' | 'isOnlyHere'> = {}): Query<{ items: Row[]; next: string | null }> {
  const now = Date.now();
  if (view === 'unread') return whole(unreadTopics(UNREAD, now, within));
  if (view === 'hot') return whole(hotTopics(now, within));
  if (view === 'top') return whole(topTopics(period, now, within));
  const pinned = view === 'latest' && within.category ? false : undefined;
  return topicsPage({ after, limit: SHOWN }, { ...within, unanswered: view === 'unanswered', unsolved: view === 'unsolved', pinned });
}

const whole = <One>(query: Query<One[]>): Query<{ items: One[]; next: null }> => ({ asking: query.asking, read: (rows) => ({ items: query.read(rows), next: null }) });
