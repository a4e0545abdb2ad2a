import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { categories } from '../forum/schema.ts';
import { operation } from '../platform/operation.ts';
import { invalid, notFound } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Category } from './input.ts';
import { categoryToKeep, type Known } from './queries.ts';

type Said = z.infer<typeof Category>;
const rights = ['see', 'reply', 'create'] as const;

/** Those who are kept by their id, however they were named. */
const ONE = /^(account|group|csm):(.*)$/;

const namedIn = (said: Said) => rights.flatMap((right) => said[right] ?? []).flatMap((one) => ONE.exec(one)?.slice(2) ?? []).flatMap((name) => [name, name.toLowerCase()]);

/** Makes a category, or changes the one of this id: name, address, place, how soon questions are answered, whether search engines may show it, and who reads, replies and opens topics there. */
export const keepCategory = operation({
  name: 'categories.keep',
  input: Category,
  subject: (said) => categoryToKeep({ id: said.id ?? '', slug: said.slug, parent: said.parent, named: namedIn(said) }),
  may: permitted('settings.manage'),
  decide({ db, newId }, said, { found, taken, isParent, known, revision }) {
    if (said.id !== undefined && found === null) throw notFound();
    if (taken) throw invalid({ slug: 'Another category has this address.' });
    if (said.parent && !isParent) throw invalid({ parent: 'Choose another category, which is not below this one.' });
    const id = said.id ?? newId('cat');
    const lists = Object.fromEntries(rights.map((right) => [right, said[right]?.map((one) => resolved(one, right, known)) ?? null]));
    const { name, slug, description, position, answerWithin } = said;
    const kept = { name, slug, description, position, answerWithin, isListed: said.engines === 'shown', parentId: said.parent || null, ...lists };
    return {
      statements: [said.id === undefined ? db.insert(categories).values({ id, ...kept }) : db.update(categories).set(kept).where(eq(categories.id, id))],
      events: [{ type: said.id === undefined ? 'category.made' : 'category.changed', subject: id, revision: revision + 1, data: kept }],
      result: { id },
    };
  },
});

function resolved(one: string, right: string, known: Known[]): string {
  const [, kind, typed] = ONE.exec(one) ?? [];
  if (!kind || !typed) return one;
  const found = known.find(({ kind: theirs, id, names }) => theirs === kind && (id === typed || names.some((name) => name.toLowerCase() === typed.toLowerCase())));
  if (!found) throw invalid({ [right]: 'Write only roles, plans, accounts, groups and CSMs that there are.' });
  return `${kind}:${found.id}`;
}
