import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { NoMoreTrusted } from './input.ts';
import { trustedById } from './queries.ts';
import { trustedSenders } from './schema.ts';

/** Trusts a sender no longer. */
export const distrustSender = operation({
  name: 'suspended.distrust-sender',
  input: NoMoreTrusted,
  subject: ({ id }) => trustedById(id),
  may: permitted('settings.manage'),
  decide({ db }, { id }, { pattern }) {
    return { statements: [db.delete(trustedSenders).where(eq(trustedSenders.id, id))], events: [{ type: 'sender.distrusted', subject: id, data: { pattern } }], result: { id } };
  },
});
