import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { groupsOf } from '../groups/access.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { heldBy, NOTHING } from './words.ts';

/** The newest tickets with what is looked for that are looked through: it bounds what a search costs. */
export const LOOKED_AT = 1_000;
/** People, and accounts, who are called as typed, whose tickets are found. */
const CALLED = 20;
/** Newest messages of a ticket, and letters of each, that are sent to quote from. */
const [MESSAGES, LETTERS] = [20, 1_500];

/** What is looked for, as `sought` tells it, and in whose tickets. `terms` is JSON; `group` FTS5 of one group, or `mine`. */
export interface Looked {
  terms: SQLWrapper;
  subject: SQLWrapper;
  names: SQLWrapper;
  without?: SQLWrapper | undefined;
  requester?: SQLWrapper | undefined;
  group?: SQLWrapper | undefined;
  isMine: boolean;
}

/** A condition of FTS5 that finds the tickets of the people and, for who sees these, the accounts that this finds by their names: nothing for nobody. */
function ofCalled(viewer: Viewer, names: SQLWrapper): SQL {
  const people = sql`select 'p' || person as sign from (select person from people_names where people_names match ${names} limit ${sql.raw(String(CALLED))})`;
  const accounts = sql`select 'a' || lower(replace(replace(account, '_', ''), '-', '')) from (select account from account_names where account_names match ${names} limit ${sql.raw(String(CALLED))})`;
  return sql`(select group_concat('"§' || sign || '"', ' OR ') from (${people}${can(viewer, 'accounts.see') ? sql` union all ${accounts}` : sql``}))`;
}

const orNothing = (match: SQL) => sql`coalesce(${match}, ${sql.raw(`'${NOTHING}'`)})`;

/** FTS5 that every ticket has to fulfil beside what is looked for: whose it is, and in which groups, for who sees those of some groups alone in one of these. */
function within(viewer: Viewer, { requester, group, isMine }: Looked): SQL[] {
  const mine = sql`(select group_concat('"§g' || lower(replace(replace(group_id, '_', ''), '-', '')) || '"', ' OR ') from ${groupsOf(viewer.id)})`;
  return [...(requester ? [orNothing(ofCalled(viewer, requester))] : []), ...(isMine ? [orNothing(mine)] : group ? [sql`${group}`] : []), ...(viewer.scopes.groups ? [sql`${heldBy(viewer.scopes.groups)}`] : [])];
}

const allOf = (parts: SQL[], without: SQLWrapper | undefined) => {
  const wanted = sql`'(' || ${sql.join(parts, sql` || ') AND (' || `)} || ')'`;
  return without ? sql`'(' || ${wanted} || ') NOT (' || ${without} || ')'` : wanted;
};

/** What FTS5 is asked, as a row of three: `subject`, all words in the subject; `whose`, all in a name; `every`, each of them in a text or a name. */
function asking(viewer: Viewer, looked: Looked, hasWords: boolean): SQL {
  const also = within(viewer, looked);
  if (!hasWords) return sql`select ${sql.raw(`'${NOTHING}'`)} as subject, ${sql.raw(`'${NOTHING}'`)} as whose, ${also.length > 0 ? allOf(also, looked.without) : sql.raw(`'${NOTHING}'`)} as every`;
  const every = sql`(select group_concat('(' || (value ->> 'w') || coalesce(' OR ' || ${ofCalled(viewer, sql`value ->> 'n'`)}, '') || ')', ' AND ') from json_each(${looked.terms}))`;
  const of = (match: SQL) => allOf([match, ...also], looked.without);
  return sql`select ${of(sql`${looked.subject}`)} as subject, ${of(sql`'about : (' || ${orNothing(ofCalled(viewer, looked.names))} || ')'`)} as whose, ${of(every)} as every`;
}

const newest = (list: string, worth: number) =>
  sql.raw(`select * from (select rowid as number, ${worth} as worth from desk_texts where desk_texts match (select ${list} from asking) order by rowid desc limit ${LOOKED_AT})`);

/**
 * `number, worth` of the newest tickets that hold what is looked for, once each, as a table to select from: 3 where all of it is in the subject, 2 where all of it is the requester's or
 * their account's name, 1 else. Whether the viewer sees them, `visibleTickets` says.
 */
export const hits = (viewer: Viewer, looked: Looked, hasWords: boolean): SQL =>
  sql`(with asking as materialized (${asking(viewer, looked, hasWords)}) select number, max(worth) as worth from (${hasWords ? sql`${newest('subject', 3)} union all ${newest('whose', 2)} union all ` : sql``}${newest('every', 1)}) group by number)`;

/** Whether more hold it than are looked through. Of who sees some groups alone only these count. */
export const isBeyond = (viewer: Viewer, looked: Looked, hasWords: boolean): SQL =>
  sql`(with asking as materialized (${asking(viewer, looked, hasWords)}) select count(*) > ${sql.raw(String(LOOKED_AT))} from (select 1 from desk_texts where desk_texts match (select every from asking) limit ${sql.raw(String(LOOKED_AT + 1))}))`;

export interface Said {
  id: string;
  isNote: boolean;
  body: string;
}

/** What was said last in a ticket that the viewer sees, the newest first, for the desk: notes too. */
export const lastSaid = (viewer: Viewer, ticketId: SQLWrapper) =>
  can(viewer, 'tickets.see')
    ? sql<Said[]>`(select json_group_array(json_object('id', id, 'isNote', json(iif(visibility = 'internal', 'true', 'false')), 'body', said)) from (select m.id, m.visibility, substr(m.body, 1, ${sql.raw(String(LETTERS))}) as said from ticket_messages m where m.ticket_id = ${ticketId} order by m.number desc limit ${sql.raw(String(MESSAGES))}))`.mapWith((json: string) => JSON.parse(json) as Said[])
    : sql<Said[]>`'[]'`.mapWith((): Said[] => []);

/** Whether a ticket is with whom somebody means: an id or a handle. */
export const isWith = (assigneeId: SQLWrapper, whom: SQLWrapper) => sql`${assigneeId} = coalesce((select id from users where handle = ${whom}), ${whom})`;
