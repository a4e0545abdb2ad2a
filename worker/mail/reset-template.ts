import { and, eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { WhichTemplate } from './input.ts';
import { templateToKeep } from './queries.ts';
import { mailTemplates } from './schema.ts';

/** Lets a letter say again what it says by itself. The log keeps what it said before. */
export const resetTemplate = operation({
  name: 'mail.reset-template',
  input: WhichTemplate,
  subject: ({ event, locale }) => templateToKeep(event, locale),
  may: permitted('settings.manage'),
  decide: ({ db }, { event, locale }, { revision, subject, text }) => ({
    statements: [db.delete(mailTemplates).where(and(eq(mailTemplates.event, event), eq(mailTemplates.locale, locale)))],
    events: [{ type: 'mail.template_changed', subject: `${event} ${locale}`, revision: revision + 1, data: { from: subject === null ? null : { subject, text }, to: null } }],
    result: { event },
  }),
});
