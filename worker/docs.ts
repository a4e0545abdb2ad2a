import { html, raw } from 'hono/html';
import { z } from 'zod';
import type { Route } from './platform/api.ts';

const fieldsOf = (body: z.ZodType) => Object.entries((z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, unknown> }).properties ?? {}).map(([name]) => name);

/** The API to read: every route with its parameters, on one page without a script. */
export const docs = (routes: Route[]) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>API · Stoa</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/api.css" />
  </head>
  <body>
    <main>
      <p><a href="/">Stoa</a></p>
      <h1>API</h1>
      <p>JSON under <code>/api/v1</code>, with <code>Authorization: Bearer stoa_…</code>. Lists answer <code>{ items, next }</code>; errors are <code>application/problem+json</code>. The whole description: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
      ${routes.map(
        ({ method, path, summary, query = {}, body, list }) => html`<section>
          <h2><span class="method">${method.toUpperCase()}</span> <code>/api/v1${path}</code></h2>
          <p>${summary}.</p>
          ${Object.keys(query).length > 0 || list ? html`<dl>${Object.entries({ ...query, ...(list ? { after: 'Cursor of the next page.', limit: '1 to 100.' } : {}) }).map(([name, words]) => html`<dt><code>${name}</code></dt><dd>${words}</dd>`)}</dl>` : raw('')}
          ${body ? html`<p>Body: ${fieldsOf(body).map((name, i) => html`${i > 0 ? ', ' : ''}<code>${name}</code>`)}</p>` : raw('')}
        </section>`,
      )}
    </main>
  </body>
</html>`;
