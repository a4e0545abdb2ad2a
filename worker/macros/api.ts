import { z } from 'zod';
import { requirePermission, type Route } from '../platform/api.ts';
import { takeFiles } from '../attachments/take.ts';
import { notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { answered, priorities } from './input.ts';
import { macroById, macrosOfAll, macrosOfGroups, ownMacros } from './queries.ts';

const macro = z.object({
  id: is.text, folder: is.text, name: is.text, texts: z.record(is.locale, is.text).or(z.object({})), visibility: z.enum(['public', 'internal']), used: is.count, isOwn: z.boolean(), groupId: is.text.nullable(),
  attachments: z.array(is.attachment),
  actions: z.object({ status: z.union([z.enum(answered), is.text.describe('Or the id of a status in own words.')]), priority: z.enum(priorities), assignee: z.enum(['me', 'nobody']), addTags: z.array(is.text), removeTags: z.array(is.text) }).partial(),
});

export const macrosApi: Route[] = [
  {
    method: 'get', path: '/macros', summary: 'Your macros, those of your groups and everyone’s, what is sent most first (staff)', list: z.never(), response: macro,
    async handle(call) {
      const [own, groups, all] = await call.portal.load(ownMacros(), macrosOfGroups(), macrosOfAll());
      requirePermission(call, 'tickets.note');
      const items = [...own, ...groups, ...all].sort((a, b) => b.used - a.used).map(({ ownerId, updatedAt: _, ...rest }) => ({ ...rest, isOwn: ownerId !== null }));
      return { items, next: null };
    },
  },
  {
    method: 'post', path: '/macros/{id}/attachments', summary: 'Copies of the files of a macro, to be attached by their ids within a day to an answer (staff)', status: 201, response: z.object({ items: z.array(is.attachment) }),
    async handle(call) {
      const [macro] = await call.portal.load(macroById(call.params['id']!));
      requirePermission(call, 'tickets.note');
      if (!macro) throw notFound();
      const { all } = await call.portal.run(takeFiles, { ids: macro.attachments.map(({ id }) => id), once: call.once && `api ${call.params['id']} ${call.once}` });
      return { items: all };
    },
  },
];
