import { z } from 'zod';
import { type Call, requirePerson, requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { roles } from '../platform/viewer.ts';
import { oneOf } from '../platform/unknown.ts';
import { changePerson } from './change.ts';
import { NewToken, PeopleFilters, PersonChange, states } from './input.ts';
import { makeToken } from './make-token.ts';
import { myRecord, myTokens, ownToken } from './queries.ts';
import { peopleFound, personRecord } from './records.ts';
import { revokeToken } from './revoke-token.ts';
import { tokenSecret } from './secret.ts';

const scope = is.text.describe('`read`, `write`, or areas like `tickets:read forum:write`.');
const me = z.object({
  id: is.text, name: is.text, handle: is.text, email: is.text, role: z.enum(roles), accountId: is.text.nullable(), accountRole: z.enum(['member', 'admin']), locale: is.locale, timeZone: is.text.describe('IANA name.'),
  scope, createdAt: is.moment, importId: is.importId,
});
const token = z.object({ id: is.text, name: is.text, scope, prefix: is.text.describe('How its secret begins.'), createdAt: is.moment, expiresAt: is.moment.nullable(), lastUsedAt: is.moment.nullable().describe('To the minute.') });

const brief = z.object({
  id: is.text, name: is.text, handle: is.text, email: is.text, role: z.enum(roles), customRole: z.object({ id: is.text, name: is.text }).nullable(), account: z.object({ id: is.text, name: is.text }).nullable(), accountRole: z.enum(['member', 'admin']), locale: is.locale,
  verifiedAt: is.moment.nullable().describe('When the address was proved; null of somebody staged, who cannot sign in yet.'), suspendedAt: is.moment.nullable(), createdAt: is.moment, importId: is.importId,
});
const record = brief.extend({ sessions: is.count.describe('Open ones.'), lastSeenAt: is.moment.nullable(), revision: is.count });

interface Row {
  roleId: string | null;
  roleName: string | null;
  accountId: string | null;
  accountName: string | null;
}

const named = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name });
const briefOf = <T extends Row>({ roleId, roleName, accountId, accountName, ...row }: T) => ({ ...row, customRole: named(roleId, roleName), account: named(accountId, accountName) });

async function recordOf({ portal }: Call, id: string) {
  const [{ permissions: _, hasPeers: _1, secondFactorAt: _2, anonymisedAt: _3, lastSeen, ...found }] = await portal.load(personRecord(id));
  return { ...briefOf(found), lastSeenAt: lastSeen === null ? null : new Date(lastSeen) };
}

export const peopleApi: Route[] = [
  {
    method: 'get', path: '/people', summary: 'People by name (permission people.see)', list: is.cursors.byText, response: brief,
    query: { q: 'How the name, the last name or the address begins.', role: 'A built-in role, or the id of a custom one.', account: 'Id of an account.', state: oneOf(states) },
    async handle(call) {
      const [{ items, next }] = await call.portal.load(peopleFound(call.slice, PeopleFilters.parse(call.query)));
      requirePermission(call, 'people.see');
      return { items: items.map(briefOf), next };
    },
  },
  { method: 'get', path: '/people/{id}', summary: 'A person, by id or handle (permission people.see)', response: record, handle: (call) => recordOf(call, call.params['id']!) },
  {
    method: 'patch', path: '/people/{id}', summary: 'Change name, language or account of a person, by id (permission people.manage)', body: PersonChange.omit({ person: true }), response: record,
    handle: async (call) => recordOf(call, (await call.run(changePerson, { person: call.params['id'] })).id),
  },
  {
    method: 'get', path: '/me', summary: 'Whose token this is, and what it allows', response: me,
    async handle(call) {
      const [record] = await call.portal.load(myRecord());
      requirePerson(call);
      const { name, handle, role, accountId, accountRole, locale, timeZone, scope } = call.portal.viewer;
      return { ...record, name, handle, role, accountId, accountRole, locale, timeZone, scope };
    },
  },
  {
    method: 'get', path: '/tokens', summary: 'Your tokens, oldest first, without their secrets', list: is.cursors.byTime, response: token,
    async handle(call) {
      const [tokens] = await call.portal.load(myTokens(call.slice));
      requirePerson(call);
      return tokens;
    },
  },
  {
    method: 'post', path: '/tokens', summary: 'Make a token for yourself; `token` in the answer is its secret, told this once', body: NewToken, status: 201, response: token.extend({ token: is.text }),
    async handle({ portal, run, secret }) {
      const { id } = await run(makeToken);
      const [made] = await portal.load(ownToken(id));
      return { ...made, token: tokenSecret(secret, id) };
    },
  },
  { method: 'delete', path: '/tokens/{id}', summary: 'Revoke one of your tokens, at once', response: z.object({ id: is.text }), handle: ({ run, params }) => run(revokeToken, { id: params['id'] }) },
];
