import { html } from 'hono/html';
import type { Route } from './platform/api.ts';
import { parametersOf, schemaOf } from './platform/openapi.ts';

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  default?: unknown;
}

/** What the examples say, by the name of a part. */
const EXAMPLES: Record<string, unknown> = {
  number: 1, id: 'acc_0198f2', category: 'calendars', slug: 'find-an-answer', title: 'Reminders come twice', subject: 'Reminders come twice', body: 'Since Monday every reminder comes **twice**.', tags: ['sms', 'reminders'], kind: 'question',
  synonym: 'text-message', tag: 'sms', level: 'watching', into: 2, messages: ['msg_0198f2'], words: 'Links to a shop in every post.', wordsEn: 'Reminders come twice. We are on it.', score: 5, solved: 'topic:1', follow: 'topic:1', scale: 5, days: 7, entries: [{ id: 'pst_0198f2', version: 1 }],
  name: 'Acme', domains: ['acme.example'], arr: 48000, currency: 'EUR', renewsOn: '2027-03-01', plan: 'Team', csm: 'cleo@stoa.test', q: 'sms reminders', scope: 'read', status: 'pending', visibility: 'public', email: 'chris@example.com',
};
/** What an example of a change leaves out. */
const UNUSUAL = new Set(['revision', 'seen', 'assignee', 'locale', 'priority', 'expiresAt', 'email']);

const typeOf = ({ type, enum: choices, format, items, anyOf }: Schema): string =>
  choices ? choices.map((one) => JSON.stringify(one)).join(' | ') : anyOf ? anyOf.map(typeOf).join(' | ') : type === 'array' ? `${items ? typeOf(items) : 'any'}[]` : (format ?? [type ?? 'any'].flat().join(' | '));

const slugOf = ({ method, path }: Route) => `${method}${path.replace(/[{}]/g, '').replaceAll('/', '-')}`;

/** A value that a field of this name and shape may have. */
function exampleOf(name: string, { type, enum: choices, anyOf = [], default: first }: Schema): unknown {
  const known = EXAMPLES[name];
  if (choices) return choices.includes(known) ? known : choices[0];
  if (known !== undefined) return type === 'array' && !Array.isArray(known) ? [known] : known;
  if (type === 'boolean' || typeof first === 'boolean') return true;
  if (type === 'integer' || type === 'number') return 1;
  return anyOf.length > 0 ? exampleOf(name, anyOf[0]!) : name;
}

/** A call of a route that can be copied into a terminal. */
function curlOf({ method, path, query = {}, body, example, files }: Route, server: string): string {
  const address = `${server}/api/v1${path.replace(/\{(\w+)\}/g, (_, name: string) => String(path.startsWith('/articles') && name === 'category' ? 'start' : (EXAMPLES[name] ?? name)))}`;
  const asked = 'q' in query ? '?q=sms+reminders' : '';
  const { properties = {}, required = [] } = (body ? schemaOf(body) : {}) as Schema;
  const usual = Object.keys(properties).filter((name) => required.includes(name) || (name in EXAMPLES && !UNUSUAL.has(name)));
  const fields = usual.length > 0 ? usual : Object.keys(properties).slice(0, 1);
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${address}${asked}'`, `-H 'Authorization: Bearer stoa_…'`];
  if (files) lines.push(`-F 'attachments=@picture.png'`);
  if (body) lines.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(example ?? Object.fromEntries(fields.map((name) => [name, exampleOf(name, properties[name]!)])))}'`);
  return lines.join(' \\\n  ');
}

/** A description, with what stands between backticks as code. */
const spoken = (text: string) => text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));

const fieldsOf = (schema: Schema) =>
  Object.entries(schema.properties ?? {}).map(
    ([name, field]) => html`<dt><code>${name}</code>${schema.required?.includes(name) ? html`<abbr title="required">*</abbr>` : ''}</dt><dd><code>${typeOf(field)}</code> ${spoken(field.description ?? '')}</dd>`,
  );

const section = (route: Route, server: string) => {
  const { method, path, summary, body, status = 200, response, list } = route;
  const parameters = parametersOf(route);
  return html`<section id="${slugOf(route)}">
    <h3><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></h3>
    <p>${summary}.</p>
    <pre><code>${curlOf(route, server)}</code></pre>
    ${parameters.length > 0 ? html`<h4>Parameters</h4><dl>${parameters.map(({ name, in: place, schema, ...more }) => html`<dt><code>${name}</code></dt><dd><code>${typeOf(schema)}</code> in the ${place === 'head' ? 'header' : place}. ${'description' in more ? spoken(more.description) : ''}</dd>`)}</dl>` : ''}
    ${body ? html`<h4>Body</h4><dl>${fieldsOf(schemaOf(body) as Schema)}</dl>` : ''}
    ${response ? html`<details><summary>Answer ${status}${list ? ': a list, and in each item' : ''}</summary><dl>${fieldsOf(schemaOf(response) as Schema)}</dl></details>` : ''}
  </section>`;
};

/** The API to read: every route with an example, on one page without a script. */
export function docs(routes: Route[], server: string) {
  const nouns = Map.groupBy(routes, ({ path }) => path.split('/')[1]!);
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>API · Stoa</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/api.css" />
  </head>
  <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header><a href="/">Stoa</a> <span>API, version 1</span> <a href="/api/v1/openapi.json">openapi.json</a></header>
    <nav aria-label="Routes">
      ${[...nouns].map(([noun, all]) => html`<details open><summary>${noun}</summary><ul>${all.map((route) => html`<li><a href="#${slugOf(route)}"><span class="method ${route.method}">${route.method.toUpperCase()}</span> ${route.path}</a></li>`)}</ul></details>`)}
    </nav>
    <main id="content" tabindex="-1">
      <h1>API</h1>
      <p>JSON under <code>${server}/api/v1</code>, with the rights of the person whose token is sent: <code>Authorization: Bearer stoa_…</code>. Make a token with <code>POST /tokens</code> or <code>npm run stoa -- token</code>. What everyone may read needs none, and guests open tickets without one: send JSON, and no cookies.</p>
      <p>Lists answer <code>{ items, next }</code>: send <code>next</code> back as <code>?after=</code>, and <code>?limit=</code> up to 100. Imported things carry their file’s id as <code>importId</code>.</p>
      <p>Errors are <code>application/problem+json</code> (RFC 9457) with <code>title status detail errors</code>; <code>errors</code> maps a field to sentences. 429 carries <code>Retry-After</code>. Parameters and fields that a route does not name are refused (422). A <code>POST</code> repeated with the same <code>Idempotency-Key</code> and the same body gets the first answer for 24 hours; with another body it is refused with 422 and nothing happens, so give each new call a key of its own. A key belongs to the person whose token is sent, and to one route; without a token it counts together with the body. Fields marked * are required.</p>
      <p>Who may be a program is asked to show that it floods nobody: such an error carries <code>challenge</code> with <code>kind key stamp bits</code>. Find a number <code>work</code> so that the SHA-256 of the text <code>stamp.work</code> begins with <code>bits</code> zero bits, and send the same call again with <code>Stoa-Challenge: key stamp work</code>. It lets one call pass; without work it does so after <code>waitUntil</code>, for a few calls an hour.</p>
      ${[...nouns].map(([noun, all]) => html`<h2>${noun[0]!.toUpperCase() + noun.slice(1)}</h2>${all.map((route) => section(route, server))}`)}
    </main>
  </body>
</html>`;
}
