import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { NewTrusted } from './input.ts';
import { listToTrust } from './queries.ts';
import { idOfTrusted, MOST_TRUSTED, trustedSenders } from './schema.ts';

/** Trusts an address, or a domain with all below it, from now on: tickets from there do not wait, but for what is listed to be blocked. */
export const trustSender = operation({
  name: 'suspended.trust-sender',
  input: NewTrusted,
  subject: ({ pattern }) => listToTrust(pattern),
  may: permitted('settings.manage'),
  decide({ db, viewer, now }, { pattern, note }, { count, isThere }) {
    if (isThere) throw invalid({ pattern: 'This is on the list already.' });
    if (count >= MOST_TRUSTED) throw new Refusal('conflict', 'The list is full. Remove what you no longer need.');
    const id = idOfTrusted(pattern);
    return { statements: [db.insert(trustedSenders).values({ id, pattern, note, addedBy: viewer.id, createdAt: now })], events: [{ type: 'sender.trusted', subject: id, data: { pattern, note } }], result: { id } };
  },
});
