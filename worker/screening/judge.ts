import type { Writing } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { type Least, reaches } from '../trust/access.ts';
import { linksIn, siteOf } from './links.ts';
import { isWithin } from './network.ts';
import { AGAIN, ALIKE } from './prints.ts';
import { leastIn, type Rules } from './rules.ts';
import type { Reason, screenActions, screenKinds, wordActions } from './schema.ts';
import { countingIn, reworded, type Ruled, wordsFound } from './words.ts';

export type { Reason };

export interface WordRule extends Ruled {
  action: (typeof wordActions)[number];
  tag: string;
  hours: number;
}

export interface Screen {
  id: string;
  kind: (typeof screenKinds)[number];
  pattern: string;
  action: (typeof screenActions)[number];
  /** Milliseconds since 1970. */
  expiresAt: number | null;
}

/** What somebody wants to say. */
export interface Said {
  title: string;
  body: string;
  tags: string[];
}

/** What is known of who says it, and what it is held against. Moments are milliseconds since 1970. */
export interface Facts {
  level: number;
  /** Which levels the workspace asks for. */
  least: Least;
  createdAt: number;
  email: string;
  /** Whether a moderator looks at them first. */
  isNewcomer: boolean;
  /** How many posts they have, up to 51, and how many wait, up to 21. */
  posts: number;
  waiting: number;
  rules: Rules;
  words: WordRule[];
  screens: Screen[];
  /** Posts that share prints with it: how many, whether all of its words, and since when. */
  twins: { shared: number; isWhole: boolean; at: number }[];
  /** Who else of the new people brought one of its links. */
  bringers: { print: string; author: string; at: number }[];
  /** Those of its sites that somebody trusted linked to. */
  sites: string[];
}

export interface Circumstances {
  now: Date;
  network: string;
  formAge: number | undefined;
  /** Slug of the category. */
  category: string;
}

/** What became of it: as it is published, why it has to wait, on what grounds moderators look at it later, and which rules fitted. */
export interface Judgement extends Said {
  reasons: Reason[];
  grounds: string | null;
  words: string[];
  screens: string[];
  /** Hours for which who says it is silenced, and by which words. */
  silence?: { hours: number; words: string };
  /** The statements with which they showed that they are no program. */
  proof?: Writing[];
}

/** People who bring one link within a day, this one too, at which it is a burst. */
const BURST = 3;
/** Letters of a title. */
const LONGEST_TITLE = 200;
/** Posts of one person that wait at once. */
const WAITING = 20;

const blocked = (field: 'title' | 'body') => invalid({ [field]: 'This has words or links that are not published here.' });

/** A pattern with `*` → whether it fits a whole text, whatever the case. */
export const fits = (pattern: string, text: string) => {
  const parts = pattern.toLowerCase().split('*');
  const all = text.toLowerCase();
  if (parts.length === 1) return all === parts[0];
  let at = parts[0]!.length;
  if (!all.startsWith(parts[0]!)) return false;
  for (const part of parts.slice(1, -1)) {
    const found = all.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return all.length - parts.at(-1)!.length >= at && all.endsWith(parts.at(-1)!);
};

const isOf = (site: string, pattern: string) => site === pattern || site.endsWith(`.${pattern}`);

/** The screens that fit where something comes from and where it leads. */
export function screensFitting(screens: Screen[], { email, network, links, now }: { email: string; network: string; links: string[]; now: Date }): Screen[] {
  const test: Record<Screen['kind'], (pattern: string) => boolean> = {
    network: (pattern) => isWithin(network, pattern),
    mail: (pattern) => fits(pattern, email),
    site: (pattern) => links.some((link) => isOf(siteOf(link), pattern)),
    url: (pattern) => links.some((link) => link.toLowerCase().startsWith(pattern.toLowerCase())),
  };
  return screens.filter(({ kind, pattern, expiresAt }) => (expiresAt === null || expiresAt > now.getTime()) && test[kind](pattern));
}

/** What the word rules make of a text: those that block throw. */
function worded({ title, body, tags }: Said, rules: WordRule[]) {
  const here = countingIn(`${title} ${body}`, rules);
  const found = { title: wordsFound(title, here), body: wordsFound(body, here) };
  for (const field of ['title', 'body'] as const) if (found[field].some(({ word }) => word.action === 'block')) throw blocked(field);
  const all = [...new Set([...found.title, ...found.body].map(({ word }) => word))];
  const of = (action: WordRule['action']) => all.filter((rule) => rule.action === action);
  return { all, of, said: { title: [...reworded(title, found.title)].slice(0, LONGEST_TITLE).join(''), body: reworded(body, found.body), tags: [...new Set([...tags, ...of('tag').map(({ tag }) => tag)])].slice(0, 8) } };
}

/** Why somebody new has to wait, as what they wrote and how says. */
function ofNew(links: string[], { rules, posts, twins, bringers, sites }: Facts, { now, formAge }: Circumstances): Reason[] {
  const lately = ({ at }: { at: number }) => now.getTime() - at < AGAIN;
  const strange = links.map(siteOf).find((site) => !sites.includes(site));
  const people = Math.max(0, ...Map.groupBy(bringers.filter(lately), ({ print }) => print).values().map((list) => new Set(list.map(({ author }) => author)).size));
  const found: (Reason | false | undefined)[] = [
    posts < rules.firstPosts && { rule: 'first', detail: String(posts + 1) },
    formAge !== undefined && formAge < rules.fastSeconds * 1_000 && { rule: 'fast', detail: String(Math.round(formAge / 1_000)) },
    rules.newSites && strange !== undefined && { rule: 'domain', detail: strange },
    rules.twins && twins.some((twin) => lately(twin) && (twin.isWhole || twin.shared >= ALIKE)) && { rule: 'twin', detail: '' },
    rules.bursts && people + 1 >= BURST && { rule: 'burst', detail: String(people + 1) },
  ];
  return found.filter((one): one is Reason => typeof one === 'object');
}

/** Decides about what somebody wants to say, by everything that is known when they say it. What is blocked is refused, with a sentence. */
export function judged(said: Said, facts: Facts, at: Circumstances): Judgement {
  if (facts.waiting >= WAITING) throw new Refusal('too_many', 'Many of your posts wait for a moderator. Go on when they were looked at.', {}, 3_600);
  const words = worded(said, facts.words);
  const links = linksIn(`${said.title} ${said.body}`);
  const screens = screensFitting(facts.screens, { email: facts.email, network: at.network, links, now: at.now });
  if (screens.some(({ action }) => action === 'block')) throw blocked('body');
  const least = leastIn(facts.rules, at.category);
  const reasons: Reason[] = [
    ...(facts.isNewcomer ? [{ rule: 'newcomer' as const, detail: '' }] : []),
    ...(facts.level < least ? [{ rule: 'level' as const, detail: String(least) }] : []),
    ...[...words.of('hold'), ...words.of('silence')].map(({ pattern }) => ({ rule: 'word' as const, detail: pattern })),
    ...screens.map(({ kind, pattern }) => ({ rule: kind, detail: pattern })),
    ...(reaches('unchecked', facts.level, facts.least) ? [] : ofNew(links, facts, at)),
  ];
  const grounds = words.of('flag').map(({ pattern }) => pattern).join(', ') || null;
  const silencing = words.of('silence');
  const silence = silencing.length > 0 ? { silence: { hours: Math.max(...silencing.map(({ hours }) => hours)), words: silencing.map(({ pattern }) => pattern).join(', ') } } : {};
  return { ...words.said, ...silence, reasons, grounds, words: words.all.map(({ id }) => id), screens: screens.map(({ id }) => id) };
}
