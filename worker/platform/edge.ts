import type { Portal } from './portal.ts';

/** What Hono carries from one handler to the next. */
export interface Edge {
  Bindings: Env;
  Variables: { portal: Portal };
}
