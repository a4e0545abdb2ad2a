import { and, eq, sql } from 'drizzle-orm';
import { isPosted, posted, postedTo, takenBack } from '../mail/schema.ts';
import type { users } from '../people/schema.ts';
import { counted, keyOf } from '../platform/limits.ts';
import type { Letter } from '../platform/mail.ts';
import type { Change, Setting, Writing } from '../platform/operation.ts';
import { hashOf } from '../platform/signature.ts';
import { HOUR, MINUTE } from '../platform/time.ts';
import { oneTimeSecrets } from './schema.ts';
import type { Kept } from './secrets.ts';

/** Letters that let people in: from a network within an hour, and to an address nobody has proved theirs within a day; of one kind a pause apart. */
const MOST = { fromNetwork: 20, toUnproved: 5 };
const PAUSE = 2 * MINUTE;
const PURPOSES = ['verify', 'reset', 'code', 'proof', 'links'];

type Person = typeof users.$inferSelect;

/** Whether somebody proved that the address is theirs: those with a password did, or an admin vouched for them. */
export const isProved = (person: Pick<Person, 'verifiedAt' | 'passwordHash'> | null): boolean => person !== null && (person.verifiedAt !== null || person.passwordHash !== null);

/** What is counted of a network. */
export const keyOfNetwork = (network: string) => keyOf('mail from', network);

interface Wish {
  person: Person | null;
  /** Where the request came from, or `unknown`: then all the world would be one, and only addresses are counted. */
  network: string;
  letter: Letter;
  /** What the letter opens. */
  secrets: Kept[];
  /** Milliseconds between two such letters to an address, where it is not the usual. */
  pause?: number;
  event: `person.${string}`;
}

/**
 * Posts a letter that lets somebody in, or says that it cannot: as many statements either way, so that neither the answer nor its time tells
 * who has an account. Beyond its limits the letter and its secrets are taken back in the same commit, and the answer is the same.
 */
export function asked(setting: Setting, { person, network, letter, secrets, pause = PAUSE, event }: Wish): Change<object> {
  const { db, now, newId } = setting;
  const id = newId('mal');
  const since = (span: number) => new Date(now.getTime() - span);
  const most = isProved(person) ? Number.MAX_SAFE_INTEGER : MOST.toUnproved;
  const tooMany = sql`(${postedTo(letter.to, [letter.purpose], since(pause))} > 1 or ${postedTo(letter.to, PURPOSES, since(24 * HOUR))} > ${most})`;
  const forgotten = secrets.map(({ hash }): Writing => db.delete(oneTimeSecrets).where(and(eq(oneTimeSecrets.hash, hash), sql`not ${isPosted(id)}`)));
  return {
    statements: [
      ...(network === 'unknown' ? [] : [counted(db, keyOfNetwork(network), { most: MOST.fromNetwork, within: HOUR }, now)]),
      ...secrets.map(({ statement }) => statement),
      posted(db, setting, letter, id),
      takenBack(db, id, tooMany),
      ...forgotten,
    ],
    events: [{ type: event, subject: person?.id ?? `address ${hashOf(letter.to).slice(0, 32)}`, data: {} }],
    result: {},
  };
}
