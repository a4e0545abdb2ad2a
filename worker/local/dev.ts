import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { migrate } from '../database/migrate.ts';
import { seed } from '../database/seed.ts';
import { syncKnowledgeBase } from '../kb/sync.ts';
import { ROOT } from './build.ts';
import { program } from './say.ts';
import { startSqld } from './sqld.ts';

/** The port that wrangler.toml names. */
const DATABASE_PORT = 8089;

/** `npm run dev`: `astro dev`, which reloads, over a database of its own in `.stoa/dev`. */
await program(async () => {
  const database = await startSqld({ folder: join(ROOT, '.stoa/dev'), port: DATABASE_PORT });
  await migrate(database.url);
  await seed(database.url);
  await syncKnowledgeBase(database.url);
  const astro = spawn(process.execPath, [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'dev', ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit', env: { ...process.env, STOA_SECRET: 'only for development, never for real' } });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => astro.kill(signal));
  astro.on('exit', async (code) => {
    await database.stop();
    process.exit(code ?? 0);
  });
});
