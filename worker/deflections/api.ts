import { z } from 'zod';
import type { Route } from '../platform/api.ts';
import { helperKinds, Solved } from './input.ts';
import { thankHelper } from './thank.ts';

export const deflectionsApi: Route[] = [
  { method: 'post', path: '/suggestions/solved', summary: 'Say that a suggestion solved it, so that no ticket is sent', body: Solved.omit({ network: true }), status: 201, response: z.object({ kind: z.enum(helperKinds) }), handle: ({ run, network }) => run(thankHelper, { network }) },
];
