import type { Route } from '../platform/api.ts';
import { Refusal } from '../platform/refusal.ts';

export const peopleApi: Route[] = [
  {
    method: 'get', path: '/me', summary: 'Whose token this is, and what it allows',
    handle: async ({ portal }) => {
      await portal.load();
      const { id, name, handle, role, accountId, accountRole, locale, timeZone, scope } = portal.viewer;
      if (id === null) throw new Refusal('signed_out', 'Sign in first.');
      return { id, name, handle, role, accountId, accountRole, locale, timeZone, scope };
    },
  },
];
