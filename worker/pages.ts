import { handle } from '@astrojs/cloudflare/handler';
import { createApp } from 'astro/app/entrypoint';
import { isPrerender } from 'virtual:astro-cloudflare:config';

/** The pages, each written whole before it is sent: streaming one in pieces costs more than everything else of it. */
const app = createApp({ streaming: false });

/** Answers with a page. While the site is built or developed, the adapter's own handler does it, which also knows files that are not built yet. */
export async function page(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
  if (isPrerender || import.meta.env.DEV) return (await handle(request as never, env as never, context)) as unknown as Response;
  return app.render(request, { locals: { cfContext: context } as never, waitUntil: (work) => context.waitUntil(work) });
}
