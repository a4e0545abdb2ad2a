import { desc, eq, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/sqlite-core';
import { saidLately } from '../deflections/access.ts';
import { visibleTopics } from '../forum/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, one, type Query } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { can, type Locale } from '../platform/viewer.ts';
import { likenessOf } from '../search/access.ts';
import { ledTo, partsOf, visibleTickets } from '../tickets/access.ts';
import { followersOf, heldWaits, openIncidents, visibleIncidents } from './access.ts';
import { hashOfWait } from './link.ts';

/** What is known to be wrong and not fixed yet: a problem of the community, or what staff said of a ticket. */
export interface Known {
  kind: 'topic' | 'incident';
  /** Id of the topic or incident. */
  id: string;
  /** What names it when it is followed: the number of a topic, the id of an incident. */
  place: string;
  title: string;
  /** Address of the topic without the language. */
  url: string | null;
  since: Date;
}

/** How many of each kind there may be at once. */
const MOST = 50;

const known = many(
  written(
    () => ({}),
    (db, viewer) => {
      const [topic, incident] = [visibleTopics(db, viewer), openIncidents(db)];
      const topics = db
        .select({ kind: sql<Known['kind']>`'topic'`.as('kind'), id: sql<string>`${topic.id}`.as('known_id'), place: sql<string>`cast(${topic.number} as text)`.as('place'), en: sql<string>`${topic.title}`.as('words_en'), el: sql<string>`''`.as('words_el'), slug: sql<string>`${topic.slug}`.as('known_slug'), since: sql<number>`${topic.createdAt}`.as('since') })
        .from(topic)
        .where(sql`${topic.problemState} = 'known'`)
        .orderBy(desc(topic.lastPostAt), desc(topic.id))
        .limit(MOST)
        .as('known_topics');
      const told = db
        .select({ kind: sql<Known['kind']>`'incident'`.as('kind'), id: sql<string>`${incident.id}`.as('known_id'), place: sql<string>`${incident.id}`.as('place'), en: sql<string>`${incident.wordsEn}`.as('words_en'), el: sql<string>`${incident.wordsEl}`.as('words_el'), slug: sql<string>`''`.as('known_slug'), since: sql<number>`${incident.shownAt}`.as('since') })
        .from(incident)
        .orderBy(desc(incident.shownAt), desc(incident.id))
        .limit(MOST)
        .as('known_incidents');
      return unionAll(db.select().from(told), db.select().from(topics));
    },
  ),
);

/** Everything that is known to be wrong, as far as the viewer may read it, in their language; with words, what is like them, the most alike first, five at most. */
export function knownProblems(locale: Locale, said?: { subject: string; text: string }): Query<Known[]> {
  const asked = known();
  const likeness = said && likenessOf(said.subject, said.text);
  return {
    asking: asked.asking,
    read(rows) {
      const all = asked.read(rows).map(({ kind, id, place, en, el, slug, since }): Known => ({ kind, id, place, title: locale === 'el' && el ? el : en, url: kind === 'topic' ? `/forum/topics/${place}/${slug}` : null, since: new Date(since) }));
      return likeness ? all.filter(({ title }) => likeness(title) > 0).sort((a, b) => likeness(b.title) - likeness(a.title)).slice(0, 5) : all;
    },
  };
}

/** What is to be followed, as far as it is known and open for the viewer, and whether they said so lately. */
export const problemToAwait = one((db, viewer, kind: Known['kind'], place: string, since: number) => {
  if (kind === 'topic') {
    const topic = visibleTopics(db, viewer);
    return db.select({ id: sql<string>`${topic.id}`.as('known_id'), isRepeated: saidLately(viewer, undefined, kind, topic.id, since).as('is_repeated') }).from(topic).where(sql`${topic.number} = ${Number(place)} and ${topic.problemState} = 'known'`);
  }
  const incident = openIncidents(db);
  return db.select({ id: sql<string>`${incident.id}`.as('known_id'), isRepeated: saidLately(viewer, undefined, kind, incident.id, since).as('is_repeated') }).from(incident).where(eq(incident.id, place));
});

/** What a guest waits for, for who holds the key of their letter: whether they confirmed it, and whether it is still to be fixed; with `title` or `words` where there is something to read of it. */
export const waitByKey = one(
  written(
    (key: string) => ({ hash: hashOfWait(key) }),
    (db, viewer, { hash }) => {
      const [wait, topic, incident] = [heldWaits(db), visibleTopics(db, viewer), openIncidents(db)];
      const told = db.select({ words: sql`json_object('en', ${incident.wordsEn}, 'el', ${incident.wordsEl})` }).from(incident).where(eq(incident.id, wait.refId));
      return db
        .select({ keyHash: wait.keyHash, kind: wait.kind, refId: wait.refId, address: wait.address, confirmedAt: wait.confirmedAt, title: topic.title, isKnown: sql<boolean>`${topic.problemState} = 'known' or exists ${told}`.mapWith(Boolean).as('is_known'), words: sql<{ en: string; el: string } | null>`${told}`.mapWith((json: string | null) => (json === null ? null : (JSON.parse(json) as { en: string; el: string }))).as('words') })
        .from(wait)
        .leftJoin(topic, eq(topic.id, wait.refId))
        .where(eq(wait.keyHash, hash));
    },
  ),
);

/** What customers are told of a ticket or, where that is nothing, of one that is part of it, and how many want to hear when it is fixed; undefined while nothing. Staff only. */
export const incidentOfTicket = maybe(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const incident = visibleIncidents(db, viewer);
      const parts = partsOf(viewer, ledTo(viewer, number));
      return db.select({ id: incident.id, wordsEn: incident.wordsEn, wordsEl: incident.wordsEl, shownAt: incident.shownAt, followers: followersOf(parts).as('followers') }).from(incident).where(sql`${incident.ticketId} in ${parts}`).orderBy(desc(sql`${incident.ticketId} = ${ledTo(viewer, number)}`), incident.shownAt).limit(1);
    },
  ),
);

/** A ticket to show or to hide: what is told of it, and whether it is open. */
export const ticketToShow = one((db, viewer, number: number) => {
  const [ticket, incident] = [visibleTickets(db, viewer), visibleIncidents(db, viewer)];
  const isSeen = can(viewer, 'tickets.see') ? sql`true` : sql`false`;
  return db
    .select({ id: ticket.id, number: ticket.number, isOpen: ticket.isOpen, incident: sql<string | null>`${incident.id}`.as('incident_id'), wordsEn: incident.wordsEn, wordsEl: incident.wordsEl, revision: revisionOf(ticket.id) })
    .from(ticket)
    .leftJoin(incident, sql`${incident.id} = (select i.id from incidents i where i.ticket_id in ${partsOf(viewer, ledTo(viewer, number))} order by i.ticket_id = ${ledTo(viewer, number)} desc, i.shown_at limit 1)`)
    .where(sql`${ticket.id} = ${ledTo(viewer, number)} and ${isSeen}`)
    .limit(1);
});
