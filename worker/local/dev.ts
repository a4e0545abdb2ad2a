import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { seed } from '../database/seed.ts';
import { ROOT } from './build.ts';
import { prepareDatabase } from './prepare.ts';
import { program } from './say.ts';
import { startSqld } from './sqld.ts';

const DATA = join(ROOT, '.stoa/dev');

/** `npm run dev`: `astro dev`, which reloads, over a database of its own in `.stoa/dev`. */
await program(async () => {
  const database = await startSqld({ folder: DATA });
  await prepareDatabase(database.url);
  await seed(database.url);
  const astro = spawn(process.execPath, [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'dev', ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...variables(database.url) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => astro.kill(signal));
  astro.on('exit', async (code) => {
    await database.stop();
    process.exit(code ?? 0);
  });
});

/** What the worker is given: CLOUDFLARE_INCLUDE_PROCESS_ENV puts the environment over the variables of wrangler.toml. */
function variables(databaseUrl: string) {
  return {
    CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true',
    STOA_SECRET: 'only for development, never for real',
    STOA_DEV: DATA,
    DATABASE_URL: databaseUrl,
    ASTRO_TELEMETRY_DISABLED: '1',
    WRANGLER_SEND_METRICS: 'false',
  };
}
