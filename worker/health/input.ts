import { z } from 'zod';
import { firstWeights, type Group, groups, type Key, keys } from './measures.ts';

const WEIGHT = 'Write a number from 0 to 1,000.';
const weight = z.preprocess((said) => (typeof said === 'string' && said.trim() !== '' ? Number(said.trim().replace(',', '.')) : said), z.number(WEIGHT).min(0, WEIGHT).max(1_000, WEIGHT));

/** One schema a name. */
const each = <Name extends string>(names: readonly Name[], schemaOf: (name: Name) => z.ZodType<number>) => z.object(Object.fromEntries(names.map((name) => [name, schemaOf(name)])) as unknown as Record<Name, z.ZodType<number>>);

/** Weights as they are kept; of what is not said, those of the beginning. */
export const Weights = z.object({
  groups: each<Group>(groups, (group) => weight.default(firstWeights.groups[group])).prefault({} as never),
  measures: each<Key>(keys, (key) => weight.default(firstWeights.measures[key])).prefault({} as never),
});

/** The names of the fields of the form that asks for them. */
export const fieldOf = { group: <G extends Group>(group: G) => `group-${group}` as const, measure: <K extends Key>(key: K) => `measure-${key}` as const };

/** The same, as one form sends them. */
export const WeightsForm = each([...groups.map(fieldOf.group), ...keys.map(fieldOf.measure)], () => weight);

/** Days that an override lasts at most. */
export const LONGEST = 90;
const POINTS = 'Write a whole number from 0 to 100.';
const DAY = 'Write a day like 2027-01-31.';
const EVIDENCE = 'Write an address that begins with https:// or with a slash.';
const nothing = (said: unknown) => (said === '' ? undefined : said);

/** What somebody says of an account in place of its measures, or as a limit to them; `until` is the last day that it counts, UTC. */
export const Overriding = z.object({
  id: z.string().max(80),
  revision: z.coerce.number().int().nonnegative().optional(),
  kind: z.enum(['value', 'cap'], 'Choose one of these.'),
  points: z.preprocess((said) => (said === '' ? undefined : said), z.coerce.number({ error: POINTS }).int(POINTS).min(0, POINTS).max(100, POINTS)),
  reason: z.string('Say why, in a sentence.').transform((text) => text.toWellFormed().replaceAll('\u0000', '').replace(/\s+/g, ' ').trim()).pipe(z.string().min(3, 'Say why, in a sentence.').max(500, 'Keep it under 500 characters.')),
  evidence: z.preprocess(nothing, z.string().trim().max(500, 'Keep it under 500 characters.').regex(/^(https?:\/\/[^\s]+|\/(?!\/)[^\s]*)$/, EVIDENCE).optional()),
  until: z.string(DAY).trim().regex(/^\d{4}-\d\d-\d\d$/, DAY).refine((day) => new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ?? false, DAY),
});

export const EndingOverride = z.object({ id: z.string().max(80), revision: z.coerce.number().int().nonnegative().optional() });
