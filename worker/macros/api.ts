import { z } from 'zod';
import { requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { answered, priorities } from './input.ts';
import { macrosOfAll, macrosOfGroups, ownMacros } from './queries.ts';

const macro = z.object({
  id: is.text, folder: is.text, name: is.text, texts: z.record(is.locale, is.text).or(z.object({})), visibility: z.enum(['public', 'internal']), used: is.count, isOwn: z.boolean(), groupId: is.text.nullable(),
  actions: z.object({ status: z.enum(answered), priority: z.enum(priorities), assignee: z.enum(['me', 'nobody']), addTags: z.array(is.text), removeTags: z.array(is.text) }).partial(),
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
];
