import { z } from 'zod';
import { roles } from './viewer.ts';

/** Parts of what the API answers, as it is sent: a moment is ISO 8601 text. */
export const moment = z.iso.datetime();
export const text = z.string();
export const count = z.int().nonnegative();
export const number = z.int().positive();
export const locale = z.enum(['en', 'el']);

/** The id that an imported thing had in its file. */
export const importId = z.string().nullable();

/** Someone as everyone knows them. */
export const person = z.object({ id: text, name: text, handle: text });
export const author = person.extend({ role: z.enum(roles) });

/** A file of a post or message. */
export const attachment = z.object({ id: text, name: text, type: text.describe('By its content: PNG, JPEG, GIF and WebP are shown, everything else is only handed out'), size: count.describe('In bytes'), width: count.nullable(), height: count.nullable(), verdict: z.enum(['unscanned', 'waiting', 'clean', 'infected', 'failed']).describe('What a scanner said: only unscanned and clean files are handed out'), url: text.describe('Its address, without that of the workspace') });

/** Where a list goes on. Each list takes back only the cursors it gives. */
export const cursors = {
  byNumber: z.tuple([z.int().nonnegative()]),
  inTime: z.tuple([z.int().nonnegative().max(8.64e15), z.int()]),
  byTime: z.tuple([z.int().nonnegative().max(8.64e15), z.string()]),
  byPath: z.tuple([z.string(), z.string(), z.string()]),
  byText: z.tuple([z.union([z.string(), z.int()]), z.string()]),
};
