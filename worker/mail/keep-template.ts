import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { NewTemplate } from './input.ts';
import { templateToKeep } from './queries.ts';
import { mailTemplates } from './schema.ts';

/** Says what a letter says from now on, in one language. The log keeps what it said before. */
export const keepTemplate = operation({
  name: 'mail.keep-template',
  input: NewTemplate,
  subject: ({ event, locale }) => templateToKeep(event, locale),
  may: permitted('settings.manage'),
  decide({ db }, { event, locale, subject, text }, { revision, ...from }) {
    return {
      statements: [db.insert(mailTemplates).values({ event, locale, subject, text }).onConflictDoUpdate({ target: [mailTemplates.event, mailTemplates.locale], set: { subject, text } })],
      events: [{ type: 'mail.template_changed', subject: `${event} ${locale}`, revision: revision + 1, data: { from: from.subject === null ? null : { subject: from.subject, text: from.text }, to: { subject, text } } }],
      result: { event },
    };
  },
});
