import { z } from 'zod';
import { requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { Lifting, Sanctioning, Warning } from './input.ts';
import { liftSanction } from './lift.ts';
import { sanctionsOf } from './queries.ts';
import { sanctionKinds } from './schema.ts';
import { silencePerson } from './silence.ts';
import { suspendPerson } from './suspend.ts';
import { warnPerson } from './warn.ts';

/** As many as are told of one person. */
const MOST = 100;

const sanction = z.object({
  id: is.text, kind: z.enum(sanctionKinds), code: is.text.describe('The rule.'), words: is.text.describe('Told to the person.'), note: is.text.describe('For those who moderate.'), by: is.text.nullable().describe('Null where it came by itself.'), isAutomatic: z.boolean(),
  until: is.moment.nullable().describe('Null: for good, or nothing that lasts.'), createdAt: is.moment, liftedAt: is.moment.nullable(), liftWords: is.text.nullable(),
});
const imposed = z.object({ sanction: is.text, handle: is.text });
const [warning, lasting] = [Warning.omit({ person: true }), Sanctioning.omit({ person: true })];

export const sanctionsApi: Route[] = [
  {
    method: 'get', path: '/people/{id}/sanctions', summary: 'What was done to a person, by handle, newest first (permission people.silence)', list: z.never(), response: sanction,
    async handle(call) {
      const [items] = await call.portal.load(sanctionsOf(call.params['id']!, MOST));
      requirePermission(call, 'people.silence');
      return { items, next: null };
    },
  },
  { method: 'post', path: '/people/{id}/warnings', summary: 'Warn a person, by handle (permission people.silence)', body: warning, status: 201, response: imposed, handle: ({ run, params }) => run(warnPerson, { person: params['id'] }) },
  { method: 'post', path: '/people/{id}/silences', summary: 'Let a person read, but not write, for some days or for good (permission people.silence)', body: lasting, status: 201, response: imposed, handle: ({ run, params }) => run(silencePerson, { person: params['id'] }) },
  { method: 'post', path: '/people/{id}/suspensions', summary: 'Shut a person out for some days or for good (permission people.suspend)', body: lasting, status: 201, response: imposed, handle: ({ run, params }) => run(suspendPerson, { person: params['id'] }) },
  { method: 'delete', path: '/sanctions/{id}', summary: 'End a sanction before its time', body: Lifting.omit({ sanction: true }), response: z.object({ handle: is.text }), handle: ({ run, params }) => run(liftSanction, { sanction: params['id'] }) },
];
