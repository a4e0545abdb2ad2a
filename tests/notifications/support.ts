import { notificationsPage } from '../../worker/notifications/queries.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { deliver } from '../../worker/reactions.ts';
import { type cast, type Stoa, stoa } from '../support/stoa.ts';

type Name = keyof typeof cast;

/** A workspace with what follows from its events: who was told what. */
export async function newsroom() {
  const world: Stoa = await stoa();
  const { db, as } = world;
  const gate = gateOf(db);
  return {
    ...world,
    gate,
    deliver: () => deliver(db, gate),
    /** As when a delivery was lost half way. */
    async deliverAgain() {
      await db.$client.execute('update outbox set delivered_at = null');
      await deliver(db, gate);
    },
    /** What somebody was told, newest first: kind, title, place. */
    told: async (name: Name) => (await as(name).load(notificationsPage({ limit: 50 })))[0].items.map(({ kind, topic, ticket, place }) => [kind, topic?.title ?? ticket?.subject, place]),
    unseen: async (name: Name) => Number((await db.$client.execute(`select unseen from users where id = 'usr_${name}'`)).rows[0]!['unseen']),
  };
}
