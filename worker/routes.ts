import { Hono } from 'hono';
import type { Edge } from './platform/edge.ts';

/** Everything that is not a page: where it lives, and which feature answers. */
export const routes = new Hono<Edge>().get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' }));
