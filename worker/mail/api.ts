import { z } from 'zod';
import { type Call, requirePermission, type Route } from '../platform/api.ts';
import { notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { locales } from '../platform/viewer.ts';
import { eventNames, events } from './events.ts';
import { NewTemplate } from './input.ts';
import { keepTemplate } from './keep-template.ts';
import { chosenTemplates } from './queries.ts';
import { resetTemplate } from './reset-template.ts';

const words = z.object({ subject: is.text, text: is.text });
const template = z.object({ event: is.text, locale: is.locale, placeholders: z.array(is.text).describe('What `{{…}}` may fill in.'), chosen: words.nullable().describe('What this workspace chose; null where it says what it says by itself.') });
const which = z.object({ event: is.text, locale: is.locale });

/** The letter and language of a path, for who keeps them. */
async function whichOf(call: Call) {
  await call.portal.load();
  requirePermission(call, 'settings.manage');
  const [event, locale] = [eventNames.find((one) => one === call.params['event']), locales.find((one) => one === call.params['locale'])];
  if (!event || !locale) throw notFound();
  return { event, locale };
}

export const mailApi: Route[] = [
  {
    method: 'get', path: '/mail-templates', summary: 'The letters whose words can be changed, in each language (permission settings.manage)', list: z.never(), response: template,
    async handle(call) {
      const [chosen] = await call.portal.load(chosenTemplates());
      requirePermission(call, 'settings.manage');
      const items = eventNames.flatMap((event) => locales.map((locale) => {
        const found = chosen.find((one) => one.event === event && one.locale === locale);
        return { event, locale, placeholders: events[event], chosen: found ? { subject: found.subject, text: found.text } : null };
      }));
      return { items, next: null };
    },
  },
  {
    method: 'put', path: '/mail-templates/{event}/{locale}', summary: 'Say what a letter says from now on; an empty line ends a paragraph (permission settings.manage)', body: z.object({ subject: NewTemplate.shape.subject, text: NewTemplate.shape.text }), example: { subject: 'Your digest', text: 'There is news:\n\n{{list}}' }, response: which,
    async handle(call) {
      const one = await whichOf(call);
      await call.run(keepTemplate, one);
      return one;
    },
  },
  {
    method: 'delete', path: '/mail-templates/{event}/{locale}', summary: 'Let a letter say again what it says by itself (permission settings.manage)', response: which,
    async handle(call) {
      const one = await whichOf(call);
      await call.portal.run(resetTemplate, one);
      return one;
    },
  },
];
