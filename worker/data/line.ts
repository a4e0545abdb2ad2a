import { z } from 'zod';
import { MOST_FILES } from '../attachments/limits.ts';
import { kinds } from '../forms/schema.ts';
import { locales, roles } from '../platform/viewer.ts';

const id = z.string().min(1).max(200);
const text = z.string().max(1_000_000);
const title = text.refine((value) => value.trim() !== '' && value.length <= 500, 'is empty or longer than 500 characters');
const speaks = (value: string) => value.trim() !== '';
const SILENT = 'is empty';
const body = text.refine(speaks, SILENT);
/** Words may be missing where files came alone. */
const saysSomething = ({ body, files = [] }: { body: string; files?: unknown[] | undefined }) => speaks(body) || files.length > 0;
const silent = { path: ['body'], error: SILENT };
const moment = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));
const tags = z.array(z.string().max(80)).max(50).default([]);
const slug = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'is not a slug').max(120);
/** Files of a post or message: their bytes lie in the folder beside the file, each under its SHA-256. */
const files = z.array(z.object({ name: z.string().min(1).max(255), file: z.string().regex(/^[0-9a-f]{64}$/, 'is not the SHA-256 of a file') })).max(MOST_FILES).optional();
/** An answer to a question of a form: of people and accounts the file’s own id. */
const answer = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null(), z.array(z.string().max(200)).max(100)]);
const locale = z.enum(locales).default('en');
const label = z.string().max(1_000).default('');
const position = z.int().min(-1_000_000).max(1_000_000);
const status = z.enum(['new', 'open', 'pending', 'on_hold', 'solved', 'closed']);
const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'is not a key');
/** A question in a form, by its key. */
const asked = z.object({
  field: key, position: position.optional(), toSubmit: z.boolean().default(false), toSolve: z.boolean().default(false), visible: z.boolean().default(true), editable: z.boolean().default(true), when: z.object({ field: key, value: z.string().max(200) }).optional(),
});

/** The least and the highest answer of each kind of survey; of others nothing is known. */
const SCORES: Record<string, (scale: number) => [least: number, highest: number]> = { nps: () => [0, 10], csat: (scale) => [1, scale], ces: () => [1, 7] };

/** What is wrong with the score of an answer, or nothing. */
function wrongScore({ kind, score, scale = 5 }: { kind: string; score: number; scale?: number | undefined }): string | undefined {
  const [least, highest] = SCORES[kind.toLowerCase()]?.(scale) ?? [];
  if (least === undefined || highest === undefined) return undefined;
  return Number.isInteger(score) && score >= least && score <= highest ? undefined : `is no whole number from ${least} to ${highest}, as ${kind} has them`;
}

/** The import format: JSON Lines, one object a line. References are the file's own ids, in any order of lines. */
export const Line = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), id, category: status, agentEn: title, agentEl: label, customerEn: title, customerEl: label, position: position.default(0), active: z.boolean().default(true) }),
  z.object({
    type: z.literal('field'), id, key, kind: z.enum(kinds), labelEn: title, labelEl: label, hintEn: label, hintEl: label, pattern: z.string().max(200).default(''),
    choices: z.array(z.object({ value: z.string().min(1).max(60), en: z.string().max(120), el: z.string().max(120).default('') })).max(200).default([]),
  }),
  z.object({
    type: z.literal('form'), id, nameEn: title, nameEl: label, descriptionEn: label, descriptionEl: label, position: position.default(0), active: z.boolean().default(true), default: z.boolean().default(false), questions: z.array(asked).max(200).default([]),
  }),
  z.object({
    type: z.literal('account'), id, name: title, domains: z.array(z.string().max(253)).default([]), arr: z.number().min(0).max(1e12).default(0), currency: z.string().regex(/^[A-Z]{3}$/).default('EUR'),
    renewsOn: z.iso.date().nullish(), plan: z.string().max(80).nullish(), csm: id.nullish(),
  }),
  z.object({
    type: z.literal('user'), id, email: z.email().max(254), name: title, role: z.enum(roles).default('customer'), account: id.nullish(), accountRole: z.enum(['member', 'admin']).default('member'), locale,
    createdAt: moment,
  }),
  z.object({ type: z.literal('category'), id, slug, name: title, description: text.default(''), parent: id.nullish() }),
  z.object({
    type: z.literal('topic'), id, category: id, author: id, title, body: text, tags, kind: z.enum(['discussion', 'question', 'problem', 'announcement']).default('discussion'), createdAt: moment, files,
  }).refine(saysSomething, silent),
  z.object({ type: z.literal('post'), id, topic: id, author: id, body: text, createdAt: moment, accepted: z.boolean().default(false), files }).refine(saysSomething, silent),
  z.object({ type: z.literal('article'), id, category: slug, slug, locale, title, body, audience: z.enum(['everyone', 'team']).default('everyone'), updatedAt: moment }),
  z.object({
    type: z.literal('ticket'), id, requester: id, subject: title, status: status.default('open'), priority: z.enum(['low', 'normal', 'high', 'urgent']).default('normal'),
    tags, assignee: id.nullish(), createdAt: moment, solvedAt: moment.nullish(), ownStatus: id.nullish(), form: z.string().max(120).nullish(), fields: z.record(z.string().max(60), answer).optional(),
  }),
  z.object({ type: z.literal('message'), id, ticket: id, author: id, body: text, visibility: z.enum(['public', 'internal']).default('public'), createdAt: moment, files }).refine(saysSomething, silent),
  z.object({ type: z.literal('idea'), id, author: id, title, body, status: z.string().max(40).default('open'), createdAt: moment }),
  z.object({ type: z.literal('vote'), on: id, author: id }),
  z.object({ type: z.literal('survey'), id, kind: z.string().max(40), user: id, score: z.number().min(-1e6).max(1e6), scale: z.literal(2).optional(), comment: text.default(''), createdAt: moment }).superRefine((answer, { addIssue }) => {
    const message = wrongScore(answer);
    if (message) addIssue({ code: 'custom', path: ['score'], message });
  }),
]);

/** The types of lines there are. */
export const types = Line.options.map(({ shape }) => shape.type.value);

export type Line = z.infer<typeof Line>;
export type LineType = Line['type'];
export type LineOf<Type extends LineType> = Extract<Line, { type: Type }>;
/** A line as it is written, before its defaults are filled in and its times become milliseconds since 1970. */
export type WrittenLine = z.input<typeof Line>;
