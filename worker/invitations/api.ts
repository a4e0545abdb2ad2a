import { z } from 'zod';
import { requirePerson, type Route } from '../platform/api.ts';
import { Refusal } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { roles } from '../platform/viewer.ts';
import { NewInvitation } from './input.ts';
import { invite } from './invite.ts';
import { invitationsPage } from './queries.ts';
import { revokeInvitation } from './revoke.ts';

const invitation = z.object({
  id: is.text, email: is.text, name: is.text, role: z.enum(roles), roleId: is.text.nullable().describe('Of a custom role.'), account: z.object({ id: is.text, name: is.text }).nullable(), accountRole: z.enum(['member', 'admin']),
  locale: is.locale, createdAt: is.moment, expiresAt: is.moment, acceptedAt: is.moment.nullable(), revokedAt: is.moment.nullable(),
});

export const invitationsApi: Route[] = [
  {
    method: 'get', path: '/invitations', summary: 'Invitations that you may see, newest first', list: is.cursors.byTime, response: invitation, query: { account: 'Id of an account.' },
    async handle(call) {
      const [{ items, next }] = await call.portal.load(invitationsPage(call.slice, call.query['account']));
      requirePerson(call);
      return { items: items.map(({ accountId, accountName, roleName: _, ...row }) => ({ ...row, account: accountId === null ? null : { id: accountId, name: accountName } })), next };
    },
  },
  {
    method: 'post', path: '/invitations', summary: 'Invite somebody by mail; rights beyond a customer’s are given on the pages, where you prove again who you are', body: NewInvitation.omit({ url: true }), status: 201, response: z.object({ id: is.text }),
    async handle({ run, url }) {
      return run(invite, { url }).catch((error) => {
        throw error instanceof Refusal && error.reason === 'stale' ? new Refusal('forbidden', 'A token cannot give rights beyond a customer’s. Do it on the pages.') : error;
      });
    },
  },
  { method: 'delete', path: '/invitations/{id}', summary: 'Take an open invitation back', response: z.object({ id: is.text }), handle: ({ run, params }) => run(revokeInvitation, { id: params['id'] }) },
];
