import { z } from 'zod';
import { type Call, requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { Rights } from './input.ts';
import { keepRights } from './keep-rights.ts';
import { rightsKept } from './queries.ts';
import { ENDLESS, levelOfStep, RIGHTS, steps } from './rights.ts';

const step = z.object({ key: is.text, right: z.enum(Object.keys(RIGHTS) as [keyof typeof RIGHTS]), amount: is.number.nullable().describe('How much; null where there is no end.'), level: is.count.describe('The least level.'), first: is.count.describe('What it is if nobody chooses.') });
const kept = z.object({ steps: z.array(step) });

async function rightsOf(call: Call) {
  const [{ least }] = await call.portal.load(rightsKept());
  requirePermission(call, 'settings.manage');
  return { steps: steps.map((one) => ({ key: one.key, right: one.right, amount: one.amount >= ENDLESS ? null : one.amount, level: levelOfStep(one, least), first: one.level })) };
}

export const trustApi: Route[] = [
  { method: 'get', path: '/trust/rights', summary: 'From which level of trust on each right is somebody’s (permission settings.manage)', response: kept, handle: rightsOf },
  {
    method: 'patch', path: '/trust/rights', summary: 'Choose these levels, by key; what is not said stays (permission settings.manage)', body: Rights, response: kept,
    async handle(call) {
      await call.run(keepRights);
      return rightsOf(call);
    },
  },
];
