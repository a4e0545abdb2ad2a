import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildIfStale, ROOT } from './build.ts';
import { prepareDatabase } from './prepare.ts';
import { program, Trouble } from './say.ts';

/** `npm run deploy`: migrations and articles into the database, then the worker to Cloudflare. */
await program(async () => {
  const { LIBSQL_URL: url, LIBSQL_AUTH_TOKEN: token } = process.env;
  if (!url) throw new Trouble('Set LIBSQL_URL, and LIBSQL_AUTH_TOKEN if the database asks for one.');
  const applied = await prepareDatabase(url, token);
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.');
  buildIfStale();
  if (wrangler(['deploy', '--var', `DATABASE_URL:${url}`]) !== 0) throw new Trouble('wrangler did not deploy. What it said stands above.');
  if (token && wrangler(['secret', 'put', 'DATABASE_TOKEN'], token) !== 0) throw new Trouble('The token of the database could not be handed over.');
});

/** Runs wrangler, with `input` typed in; returns its exit code. */
function wrangler(args: string[], input?: string): number | null {
  const stdin = input === undefined ? { stdio: 'inherit' as const } : { stdio: ['pipe', 'inherit', 'inherit'] as const, input };
  return spawnSync(process.execPath, [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), ...args], { cwd: ROOT, ...stdin } as Parameters<typeof spawnSync>[2]).status;
}
