import { z } from 'zod';
import { type Call, requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { Default } from './input.ts';
import { allDefaults } from './queries.ts';
import { chosen } from './schema.ts';
import { setDefault } from './set-default.ts';

const named = z.object({ id: is.text, name: is.text.nullable() });
const one = z.object({
  group: named.nullable().describe('A group of the team; null for all who came since.'), category: named.nullable(), tag: is.text.nullable().describe('One of category and tag is said.'), level: z.enum(chosen), createdAt: is.moment,
});

async function defaultsOf(call: Call) {
  const [defaults] = await call.portal.load(allDefaults());
  requirePermission(call, 'settings.manage');
  return {
    defaults: defaults.map(({ target, groupId, group, category, level, createdAt }) => {
      const tag = target.startsWith('tag:') ? target.slice(4) : null;
      return { group: groupId === '' ? null : { id: groupId, name: group }, category: tag === null ? { id: target, name: category } : null, tag, level, createdAt };
    }),
  };
}

const response = z.object({ defaults: z.array(one) });

export const followingApi: Route[] = [
  { method: 'get', path: '/follow-defaults', summary: 'How closely people follow what they have chosen nothing for: two hundred at most (permission settings.manage)', response, handle: defaultsOf },
  {
    method: 'put', path: '/follow-defaults', summary: 'Set how closely a group of the team, or all who come from now on, follow a category, by its slug, or a tag; `normal` sets it no longer (permission settings.manage)', body: Default, example: { category: 'calendars', level: 'watching' }, response,
    async handle(call) {
      await call.run(setDefault);
      return defaultsOf(call);
    },
  },
];
