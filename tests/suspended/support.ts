import { openPortal } from '../../worker/platform/portal.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import type { Viewer } from '../../worker/platform/viewer.ts';
import { decideSuspended } from '../../worker/suspended/decide.ts';
import { suspendedToDo } from '../../worker/suspended/queries.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { cast, SECRET, stoa } from '../support/stoa.ts';

/** A workspace where the third ticket of a sender within ten minutes waits, and nobody is asked whether they are a program. */
export async function desk(rules: object = {}) {
  const world = await stoa();
  const { db, as, now } = world;
  await db.$client.execute({ sql: "insert into settings (key, value) values ('moderation_rules', ?)", args: [JSON.stringify({ challenge: false, ticketBurst: 2, ticketMinutes: 10, ...rules })] });
  const later = (viewer: Viewer, minutes: number) => openPortal({ db, gate: gateOf(db), viewer, secret: SECRET, clock: () => new Date(now.getTime() + minutes * 60_000) });
  const list = async (who: keyof typeof cast = 'agnes', more: Partial<Viewer> = {}) => (await as(who, more).load(suspendedToDo({ limit: 50 })))[0].items;
  return {
    ...world,
    later,
    list,
    /** A guest’s ticket, so many minutes later. */
    writes: (email: string, subject = 'Zebra', more: object = {}, minutes = 0) => later(cast.visitor, minutes).run(openTicket, { email, subject, body: `Words about ${subject}.`, ...more }),
    /** Decides about those that are on the list, as they are on it. */
    decides: async (decision: string, who: keyof typeof cast = 'agnes', key?: string) => as(who).run(decideSuspended, { entries: (await list()).map(({ id, version }) => `${id} ${version}`), decision }, key),
    counted: async (table: string) => Number((await db.$client.execute(`select count(*) n from ${table}`)).rows[0]!['n']),
  };
}
