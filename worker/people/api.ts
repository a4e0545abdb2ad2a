import { z } from 'zod';
import { requirePerson, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { roles } from '../platform/viewer.ts';
import { NewToken } from './input.ts';
import { makeToken } from './make-token.ts';
import { myRecord, myTokens, ownToken } from './queries.ts';
import { revokeToken } from './revoke-token.ts';
import { tokenSecret } from './secret.ts';

const scope = is.text.describe('`read`, `write`, or areas like `tickets:read forum:write`.');
const me = z.object({
  id: is.text, name: is.text, handle: is.text, email: is.text, role: z.enum(roles), accountId: is.text.nullable(), accountRole: z.enum(['member', 'admin']), locale: is.locale, timeZone: is.text.describe('IANA name.'),
  scope, createdAt: is.moment, importId: is.importId,
});
const token = z.object({ id: is.text, name: is.text, scope, prefix: is.text.describe('How its secret begins.'), createdAt: is.moment, expiresAt: is.moment.nullable(), lastUsedAt: is.moment.nullable().describe('To the minute.') });

export const peopleApi: Route[] = [
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
