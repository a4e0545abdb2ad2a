import { parseArgs } from 'node:util';
import { Trouble } from './say.ts';

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
