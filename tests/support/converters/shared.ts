import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import Turndown from 'turndown';
import type { WrittenLine } from '../../../worker/data/line.ts';

/** Reads a folder of some format and gives the lines of ours, as they come. */
export type Converter = (folder: string) => AsyncGenerator<WrittenLine>;

const turndown = new Turndown({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-', emDelimiter: '*' });
turndown.keep(['sub', 'sup', 'kbd', 'table', 'del']);

/** HTML → Markdown. */
export const markdownOf = (html: string) => turndown.turndown(html).trim();

/** Someone without an address gets one that stays the same and reaches nobody (RFC 2606). */
export const addressOf = (place: string, id: string | number) => `${encodeURIComponent(String(id)).replace(/[^\w.-]/g, '-').toLowerCase()}@${place}.invalid`;

/** A text that must not be empty. */
export const spoken = (text: string | undefined, otherwise = '–') => (text?.replaceAll('\u0000', '').trim() ? text.replaceAll('\u0000', '').trim() : otherwise);

/** A name for an address of ours: what is no letter, digit, dot or hyphen becomes a hyphen. */
export const slugOf = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '').slice(0, 80) || 'general';

/** The lines of a text file, one by one. */
export const linesOf = (file: string): AsyncIterable<string> => createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
