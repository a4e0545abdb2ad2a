import { z } from 'zod';
import { requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { addSynonym } from './add-synonym.ts';
import { NewSynonym, TagGroup } from './input.ts';
import { keepTagGroup } from './keep-group.ts';
import { allTagGroups, synonymsKept } from './queries.ts';
import { removeTagGroup } from './remove-group.ts';
import { removeSynonym } from './remove-synonym.ts';

const synonym = z.object({ synonym: is.text, tag: is.text });
const group = z.object({ id: is.text, name: is.text, tags: z.array(is.text), isOneOf: z.boolean().describe('Whether a topic has one of them at most.'), requiredIn: z.array(is.text).describe('Ids of the categories whose topics have one at least.') });
const kept = group.pick({ id: true });

export const tagsApi: Route[] = [
  {
    method: 'get', path: '/tags/synonyms', summary: 'Synonyms of tags (who keeps the settings)', list: z.never(), response: synonym.extend({ topics: is.count.describe('That had it when it became one.'), tickets: is.count, createdAt: is.moment }),
    async handle(call) {
      const [items] = await call.portal.load(synonymsKept());
      requirePermission(call, 'settings.manage');
      return { items, next: null };
    },
  },
  { method: 'post', path: '/tags/synonyms', summary: 'Make a word a synonym of a tag; topics and tickets that have it change, too', body: NewSynonym, status: 201, response: synonym, handle: ({ run }) => run(addSynonym) },
  { method: 'delete', path: '/tags/synonyms/{synonym}', summary: 'Make it a tag of its own again; what had it has it again', response: synonym, handle: ({ run, params }) => run(removeSynonym, { synonym: params['synonym'] }) },
  {
    method: 'get', path: '/tags/groups', summary: 'Tags that belong together', list: z.never(), response: group,
    handle: async ({ portal }) => ({ items: (await portal.load(allTagGroups()))[0], next: null }),
  },
  { method: 'post', path: '/tags/groups', summary: 'Make a group of tags', body: TagGroup.omit({ id: true }), status: 201, response: kept, handle: ({ run }) => run(keepTagGroup, { id: undefined }) },
  { method: 'put', path: '/tags/groups/{id}', summary: 'Change a group of tags', body: TagGroup.omit({ id: true }), response: kept, handle: ({ run, params }) => run(keepTagGroup, { id: params['id'] }) },
  { method: 'delete', path: '/tags/groups/{id}', summary: 'Remove a group; its tags stay', response: kept, handle: ({ run, params }) => run(removeTagGroup, { id: params['id'] }) },
];
