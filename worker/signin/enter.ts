import { and, eq, isNull } from 'drizzle-orm';
import type { Decision } from '../people/access.ts';
import { users } from '../people/schema.ts';
import { type Entered, notEntered } from '../people/sessions.ts';
import { counted, keyOf, type Limit } from '../platform/limits.ts';
import { type Change, operation, type Setting } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { DAY } from '../platform/time.ts';
import { isProved } from './asking.ts';
import { entered, spentLink } from './entering.ts';
import { WithCode, WithLink } from './input.ts';
import { opening } from './queries.ts';
import type { oneTimeSecrets } from './schema.ts';
import { allUsedUp, hashOfBrowserLink, hashOfCode, LIFE, TRIES } from './secrets.ts';

/** Codes tried for one address by one browser while a code lives, and by all the world within a day. The link of the same letter has no such limit. */
const BY_BROWSER: Limit = { most: TRIES, within: LIFE.code };
const BY_ADDRESS: Limit = { most: 30, within: DAY };

/** Lets in by the six digits of a letter. A wrong code is no refusal but a result without a cookie, because it leaves a trace: after five the next is refused. */
export const enterByCode = operation({
  name: 'people.enter-by-code',
  input: WithCode,
  subject: ({ address, browser, code }) => opening(hashOfCode(address, browser, code)),
  may: anyone,
  async decide(setting, { address, browser, code: _, ...arrival }, { secret, person, decision }): Promise<Change<Entered>> {
    const { db, now } = setting;
    const tried = [counted(db, keyOf('code', `${address} ${browser}`), BY_BROWSER, now), counted(db, keyOf('code for', address), BY_ADDRESS, now)];
    if (!secret || !person || secret.userId !== person.id) return { statements: tried, events: [], result: notEntered };
    const entry = await provedBy(setting, secret, person, { ...arrival, decision });
    return { ...entry, statements: [...tried, ...entry.statements] };
  },
});

/** Lets in by the link of a letter, in the browser that asked for it. */
export const enterByLink = operation({
  name: 'people.enter-by-link',
  input: WithLink,
  subject: ({ key, browser }) => opening(hashOfBrowserLink(browser, key)),
  may: anyone,
  decide(setting, arrival, { secret, person, decision }) {
    if (!secret || !person || secret.userId !== person.id) throw spentLink();
    return provedBy(setting, secret, person, { ...arrival, decision });
  },
});

/** A letter that was read proves a staged address, too. Code and link are used up together. */
async function provedBy(setting: Setting, secret: typeof oneTimeSecrets.$inferSelect, person: typeof users.$inferSelect, arrival: { decision: Decision | null; https: boolean; url: string; device: string; place: string }): Promise<Change<Entered>> {
  const { db, now } = setting;
  const entry = await entered(setting, { ...arrival, person, mark: String(secret.data['pair']) });
  return {
    ...entry,
    statements: [allUsedUp(db, 'code', secret.address), db.update(users).set({ verifiedAt: now }).where(and(eq(users.id, person.id), isNull(users.verifiedAt))), ...entry.statements],
    events: [...entry.events, ...(isProved(person) ? [] : [{ type: 'person.verified' as const, subject: person.id, data: {} }])],
  };
}
