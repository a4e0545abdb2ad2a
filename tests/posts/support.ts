import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { searched } from '../../worker/search/queries.ts';
import { cast, SECRET, type Stoa, stoa } from '../support/stoa.ts';

/** Alice asks, Bob answers; `later` is the same world so many minutes on. */
export async function aliceAsks() {
  const world = await stoa();
  await world.as('alice').run(openTopic, { category: 'help', title: 'How do I print?', body: 'It does nothing.', tags: 'printer' });
  const { id } = await world.as('bob').run(replyToTopic, { number: 1, body: 'Put zanzibar paper in.' });
  const [posts] = await world.as('alice').load(postsOfTopic(1, 1));
  return { ...world, first: posts[0]!.id, reply: id, later: later(world) };
}

const later = ({ db, now }: Stoa) => (minutes: number, who: keyof typeof cast) => openPortal({ db, gate: gateOf(db), viewer: cast[who], secret: SECRET, clock: () => new Date(now.getTime() + minutes * 60_000) });

/** Titles of what a search finds. */
export const found = (world: Stoa, typed: string) => world.as('visitor').load(searched(typed, { locale: 'en', limit: 5 })).then(([hits]) => hits.map(({ title }) => title));
