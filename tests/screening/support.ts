import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic, postsPage, topicsPage } from '../../worker/forum/queries.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { newestPosts } from '../../worker/posts/queries.ts';
import { heldToDo, myHeld } from '../../worker/screening/queries.ts';
import { searched, similarTo } from '../../worker/search/queries.ts';
import { newsroom } from '../notifications/support.ts';
import { cast, question, SECRET } from '../support/stoa.ts';

/** Agnes has asked; Alice, Bob and Carol are new here, and these rules count. */
export async function newcomers(rules: object = {}) {
  const world = await newsroom();
  const { db, as, now } = world;
  await db.$client.execute('delete from trust');
  await db.$client.execute({ sql: "insert into settings (key, value) values ('moderation_rules', ?)", args: [JSON.stringify(rules)] });
  await as('agnes').run(openTopic, question);
  return {
    ...world,
    /** As somebody of the cast, by a form that was drawn so many milliseconds ago, from a network. */
    by: (name: keyof typeof cast, network = 'unknown', minutes = 0) => openPortal({ db, gate: world.gate, viewer: cast[name], secret: SECRET, network, clock: () => new Date(now.getTime() + minutes * 60_000) }),
    queue: async (who: 'mara' | 'agnes' | 'alice' | 'visitor' = 'mara') => (await as(who).load(heldToDo(50)))[0],
    mine: async (who: keyof typeof cast) => (await as(who).load(myHeld(50)))[0],
    /** Everything that somebody reads of the forum, as one text. */
    read: async (who: keyof typeof cast) =>
      JSON.stringify(await as(who).load(postsOfTopic(1, 1), postsPage({ limit: 50 }, 1), newestPosts(1, 30), topicsPage({ limit: 50 }, {}), topicsPage({ limit: 50 }, { unanswered: true }), searched('zebra', { locale: 'en', limit: 9 }), similarTo('Zebra zebra', 'en'))),
  };
}
