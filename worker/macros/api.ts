import { z } from 'zod';
import { type Call, requirePermission, type Route } from '../platform/api.ts';
import { takeFiles } from '../attachments/take.ts';
import { notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { answered, MacroFields, priorities } from './input.ts';
import { keepMacro } from './keep.ts';
import { macroById, macrosOfAll, macrosOfGroups, ownMacros } from './queries.ts';
import { removeMacro } from './remove.ts';

const macro = z.object({
  id: is.text, folder: is.text, name: is.text, texts: z.object({ en: is.text, el: is.text }).partial(), visibility: z.enum(['public', 'internal']), used: is.count, isOwn: z.boolean(), groupId: is.text.nullable(),
  attachments: z.array(is.attachment),
  actions: z.object({ status: z.union([z.enum(answered), is.text.describe('Or the id of a status in own words.')]), priority: z.enum(priorities), assignee: z.enum(['me', 'nobody']), addTags: z.array(is.text), removeTags: z.array(is.text) }).partial(),
});

type Found = NonNullable<Awaited<ReturnType<typeof macroOf>>>;

async function macroOf({ portal }: Call, id: string) {
  const [found] = await portal.load(macroById(id));
  if (!found) throw notFound();
  return found;
}

const shown = ({ ownerId, ...rest }: Found) => ({ ...rest, isOwn: ownerId !== null });

/** A macro as its fields say it, for a change that leaves most of them out. */
const asFields = ({ name, folder, ownerId, groupId, visibility, texts, actions }: Found) => ({ name, folder, whose: ownerId !== null ? 'own' : groupId !== null ? 'group' : 'all', group: groupId ?? '', visibility, ...texts, ...actions });

const body = MacroFields.omit({ id: true });

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
  { method: 'post', path: '/macros', summary: 'Write a macro: your own, one of a group of yours, or everyone’s (permission macros.manage)', body, example: { name: 'Which version', en: 'Hello {{requester.first_name}}, which version is it?', status: 'pending' }, status: 201, response: macro, handle: async (call) => shown(await macroOf(call, (await call.run(keepMacro)).id)) },
  { method: 'get', path: '/macros/{id}', summary: 'A macro (staff)', response: macro, handle: async (call) => shown(await macroOf(call, call.params['id']!)) },
  {
    method: 'patch', path: '/macros/{id}', summary: 'Change a macro; what is left out stays', body: body.partial(), example: { en: 'Which version is it?' }, response: macro,
    async handle(call) {
      const id = call.params['id']!;
      const change = await call.body();
      await call.portal.run(keepMacro, { ...asFields(await macroOf(call, id)), ...change, id });
      return shown(await macroOf(call, id));
    },
  },
  { method: 'delete', path: '/macros/{id}', summary: 'Remove a macro; what was sent with it stays', response: z.object({ id: is.text }), handle: (call) => call.portal.run(removeMacro, { id: call.params['id']! }) },
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
