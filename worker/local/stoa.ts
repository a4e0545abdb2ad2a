import { program, Trouble } from './say.ts';

const verbs: Record<string, { usage: string; run: () => Promise<{ default: (args: string[]) => Promise<unknown> }> }> = {
  migrate: { usage: 'migrate', run: () => import('./verbs/migrate.ts') },
  seed: { usage: 'seed', run: () => import('./verbs/seed.ts') },
  import: { usage: 'import <file.jsonl> [--dry-run]', run: () => import('./verbs/import.ts') },
  export: { usage: 'export <file.jsonl>', run: () => import('./verbs/export.ts') },
  backup: { usage: 'backup <dir>', run: () => import('./verbs/backup.ts') },
  restore: { usage: 'restore <dir>', run: () => import('./verbs/restore.ts') },
  user: { usage: 'user --email E --name N --role R [--account A] [--password P]', run: () => import('./verbs/user.ts') },
  token: { usage: 'token --email E [--scope read|write] [--expires 30d] [--name N]', run: () => import('./verbs/token.ts') },
  analyse: { usage: 'analyse', run: () => import('./verbs/analyse.ts') },
  doctor: { usage: 'doctor', run: () => import('./verbs/doctor.ts') },
};

/** `npm run stoa -- <verb>`. */
await program(async () => {
  const [verb = '', ...args] = process.argv.slice(2);
  const found = verbs[verb];
  if (!found) throw new Trouble(`stoa <verb>, where the verb is one of:\n${Object.values(verbs).map(({ usage }) => `  ${usage}`).join('\n')}`);
  const { default: run } = await found.run();
  await run(args);
});
