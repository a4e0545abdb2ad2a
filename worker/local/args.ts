import { parseArgs } from 'node:util';
import { Trouble } from './say.ts';

/** Refuses what the usage of a verb does not name: a mistyped `--dry-run` must not write. An option is followed by its value where the usage says so. */
export function checkArgs(usage: string, args: string[]): void {
  const [verb] = usage.split(' ');
  const options = Object.fromEntries([...usage.matchAll(/--([a-z-]+)( \w)?/g)].map(([, name, value]) => [name!, { type: value ? ('string' as const) : ('boolean' as const) }]));
  const room = usage.includes('<') ? 1 : 0;
  try {
    const { positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length > room) throw new Error(`${positionals[room]} is one too many.`);
  } catch (error) {
    const sentence = /^Unknown option '(-+[^']*)'/.exec((error as Error).message)?.[1];
    throw new Trouble(`${sentence ? `${verb} has no option ${sentence}.` : (error as Error).message}\nstoa ${usage}`);
  }
}

/** The options of a verb; one it does not know, or one it needs and did not get, is told in a sentence. */
export function optionsOf<const Name extends string>(args: string[], names: readonly Name[], needed: readonly NoInfer<Name>[] = []): Partial<Record<Name, string>> {
  try {
    const { values } = parseArgs({ args, options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])) });
    for (const name of needed) if (!values[name]) throw new Error(`--${name} is missing.`);
    return values as Partial<Record<Name, string>>;
  } catch (error) {
    throw new Trouble((error as Error).message);
  }
}

/** The one file or folder a verb is about. */
export function pathOf(args: string[], what: string): string {
  const [path] = args.filter((arg) => !arg.startsWith('--'));
  if (!path) throw new Trouble(`Say which ${what}.`);
  return path;
}
