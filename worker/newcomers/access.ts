import { getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { slim } from '../platform/slim.ts';
import { folded } from '../platform/text.ts';
import type { Viewer } from '../platform/viewer.ts';
import { type Screen, screensFitting } from '../screening/access.ts';
import { everywhereModerators } from '../trust/access.ts';
import { newcomers, type Sign } from './schema.ts';

export type { Sign };

/** Letters that open an account, from one network within an hour, from which on they are many. */
const MANY = 10;

/** What reads like an address of the web, in a name. */
const LINK = /https?:|www\.|\S\.(com|net|org|info|biz|io|co|shop|store|site|online|xyz|top|club|live|ru|cn|gr)\b/i;

/** Which new people are looked at: none, those with a sign, or all. */
export type LooksAt = 'off' | 'watched' | 'all';

/** What a name is held against, as columns of any query: how those are called who work here, and which new people are looked at. */
export const nameFacts = {
  team: sql<string[]>`(select json_group_array(name) from users where role in ('agent', 'light_agent', 'csm', 'admin', 'moderator'))`.mapWith(JSON.parse as (json: string) => string[]).as('team_names'),
  looksAt: sql<LooksAt>`coalesce((select value ->> 'newPeople' from settings where key = 'moderation_rules'), 'watched')`.as('looks_at'),
};

interface Facts {
  team: string[];
  looksAt: LooksAt;
}

const plain = (name: string) => folded(name).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** What is remarkable about a name. */
export const signsOfName = (name: string, { team, looksAt }: Facts): Sign[] => {
  if (looksAt === 'off') return [];
  const colleague = team.find((one) => plain(one) === plain(name));
  return [...(LINK.test(name) ? [{ sign: 'link' as const, detail: name }] : []), ...(colleague ? [{ sign: 'staff' as const, detail: colleague }] : [])];
};

interface Arrival {
  name: string;
  email: string;
  network: string;
  /** Letters to their network within the hour. */
  lately: number;
  screens: Screen[];
  now: Date;
}

/** Why somebody who signs up is looked at; empty where nobody needs to. */
export const signsOf = ({ name, email, network, lately, screens, now }: Arrival, facts: Facts): Sign[] => {
  if (facts.looksAt === 'off') return [];
  const listed = screensFitting(screens, { email, network, links: [], now }).flatMap(({ kind, pattern }): Sign[] => (kind === 'mail' || kind === 'network' ? [{ sign: kind, detail: pattern }] : []));
  return [...(facts.looksAt === 'all' ? [{ sign: 'all' as const, detail: '' }] : []), ...listed, ...(network !== 'unknown' && lately >= MANY ? [{ sign: 'many' as const, detail: String(lately + 1) }] : []), ...signsOfName(name, facts)];
};

/** New people who are looked at, for those who moderate everywhere. */
export const visibleNewcomers = (db: Database, viewer: Viewer) => slim(getTableColumns(newcomers), (columns) => db.select(columns).from(newcomers).where(everywhereModerators.allows(viewer, undefined) ? undefined : sql`0`).as('newcomers'));
