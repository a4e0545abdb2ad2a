import { checkArgs } from './args.ts';
import { endOnSignals } from './ending.ts';
import { program, Trouble } from './say.ts';

interface Verb {
  usage: string;
  /** What it does, in a line or a few. */
  does: string;
  run: () => Promise<{ default: (args: string[]) => Promise<unknown> }>;
}

const verbs: Record<string, Verb> = {
  migrate: { usage: 'migrate', does: 'Brings the database to the newest schema, and the articles of content/kb into it.', run: () => import('./verbs/migrate.ts') },
  seed: { usage: 'seed', does: 'Fills the demo workspace in, where nobody is yet.', run: () => import('./verbs/seed.ts') },
  import: { usage: 'import <file.jsonl> [--dry-run]', does: 'Brings JSON Lines in. Bad lines are named on standard error and left out, and the exit code is 1; --dry-run only tells.', run: () => import('./verbs/import.ts') },
  export: { usage: 'export <file.jsonl>', does: 'Writes everything as JSON Lines, and files into <file.jsonl>.files.', run: () => import('./verbs/export.ts') },
  backup: { usage: 'backup <dir> [--force]', does: 'Copies database and files, while the workspace runs or not. --force replaces a backup that is there.', run: () => import('./verbs/backup.ts') },
  restore: { usage: 'restore <dir>', does: 'Puts a backup in the place of the database; what was there is kept in before-restore.', run: () => import('./verbs/restore.ts') },
  user: { usage: 'user --email E --name N [--role R] [--account A] [--password P]', does: 'Makes a person, or gives one a role, an account and a new password.', run: () => import('./verbs/user.ts') },
  token: { usage: 'token --email E [--scope read|write] [--expires 30d] [--name N]', does: 'Makes an API token for a person and prints it, once.', run: () => import('./verbs/token.ts') },
  analyse: { usage: 'analyse', does: 'Draws texts that have no HTML of today’s rules, and brings search in order.', run: () => import('./verbs/analyse.ts') },
  doctor: { usage: 'doctor', does: 'Checks configuration, database, search, mail and clock: one line each.', run: () => import('./verbs/doctor.ts') },
};

const HELP = `stoa <verb>: the command line of a workspace

${Object.values(verbs).map(({ usage, does }) => `  ${usage}\n      ${does}`).join('\n')}

The workspace is .stoa, or the folder STOA_DATA, or the database DATABASE_URL (with DATABASE_TOKEN).
Exit code 0 when it did what it was asked, 1 when it did not: then a sentence says why.`;

/** `npm run stoa -- <verb>`. */
endOnSignals();
await program(async () => {
  const [verb, ...args] = process.argv.slice(2);
  const found = Object.hasOwn(verbs, verb ?? '') ? verbs[verb!] : undefined;
  if (found && asksForHelp(args)) return console.log(`stoa ${found.usage}\n${found.does}`);
  if (found) {
    checkArgs(found.usage, args);
    const { default: run } = await found.run();
    return run(args);
  }
  if (verb === 'help' && Object.hasOwn(verbs, args[0] ?? '')) return console.log(`stoa ${verbs[args[0]!]!.usage}\n${verbs[args[0]!]!.does}`);
  if (verb === 'help' || asksForHelp([verb ?? ''])) return console.log(HELP);
  throw new Trouble(verb === undefined ? HELP : `There is no verb ${verb}. The verbs are ${Object.keys(verbs).join(', ')}; stoa help tells what each does.`);
});

function asksForHelp(args: string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}
