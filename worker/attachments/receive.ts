import type { Portal } from '../platform/portal.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { fileName } from '../platform/file-name.ts';
import { isOfCall } from '../platform/repeat.ts';
import { NotStored, type Store } from '../platform/store.ts';
import { dropFiles } from './drop.ts';
import { keepFiles } from './keep.ts';
import { keptAttachments } from './queries.ts';
import { type Read, readFile } from './read.ts';
import { takeFiles } from './take.ts';
import { type Attachment, told } from './told.ts';

/** Where files come from and go to. */
export interface Receiving {
  portal: Portal;
  files: Store;
  secret: string;
  network: string;
  /** Whether there is a scanner that looks into them before they are handed out. */
  scanned: boolean;
  /** The key of the form that brought them, if it was one. */
  once?: string | undefined;
}

const isSent = (part: unknown): part is File => part instanceof File && (part.size > 0 || part.name !== '');

/** What the field of files of a form holds: files, and ids of those that were kept before. */
export const partsOf = (form: FormData) => ['attachments', 'files'].flatMap((name) => form.getAll(name));

/**
 * The files that are kept now, and why others are not. `ids` are those that the form is about, in its order, also those that are no longer loose: sent a
 * second time it is about the same files, though the first time has attached them.
 */
export interface Received {
  all: Attachment[];
  ids: string[];
  refusal?: Refusal;
}

const no = (sentence: string) => invalid({ attachments: sentence });

async function keptBefore(portal: Portal, ids: string[], refusal?: Refusal): Promise<Received> {
  if (ids.length === 0) return { all: [], ids, ...(refusal ? { refusal } : {}) };
  const [there] = await portal.load(keptAttachments(ids));
  return { all: there.map(told), ids, ...(refusal ? { refusal } : {}) };
}

/** Why a file is refused, beginning with its name. */
const named = ({ issues, message }: Refusal, name: string) => no(`${fileName(name, '')}: ${issues['attachments'] ?? message}`);

/** What can be read of these files, one after the other, and the first reason why one cannot. */
async function readEach(sent: File[], how: Parameters<typeof readFile>[1]): Promise<{ read: Read[]; refusal?: Refusal }> {
  const read: Read[] = [];
  let refusal: Refusal | undefined;
  for (const file of sent) {
    try {
      read.push(await readFile(file, how));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal ??= named(error, file.name);
    }
  }
  return { read, ...(refusal ? { refusal } : {}) };
}

async function put(files: Store, read: Read[]): Promise<void> {
  for (const { id, bytes } of read) {
    await files.put(id, bytes).catch((error: unknown) => {
      throw new NotStored(String(error));
    });
  }
}

/** Keeps the files among these parts, beside those whose ids are. What is refused of it leaves the rest as it is. */
export async function receive({ portal, files, secret, network, scanned, once }: Receiving, parts: unknown[]): Promise<Received> {
  const sent = parts.filter(isSent);
  const kept = [...new Set(parts.filter((part) => typeof part === 'string' && part !== '') as string[])];
  if (sent.length === 0) return keptBefore(portal, kept);
  const { read, refusal } = await readEach(sent, { secret, by: portal.viewer.id ?? '', once });
  try {
    const { all } = await portal.run(keepFiles, { attachments: kept, network, verdict: scanned ? 'waiting' : 'unscanned', files: read.map(({ bytes: _, ...file }) => file), ...(isOfCall(once) && !refusal ? { once } : {}) });
    await put(files, read);
    return { all: all.map(told), ids: [...new Set([...kept, ...all.map(({ id }) => id)])], ...(refusal ? { refusal } : {}) };
  } catch (error) {
    if (error instanceof Refusal && (error.reason === 'invalid' || error.reason === 'too_many')) return keptBefore(portal, kept, error);
    if (!(error instanceof NotStored)) throw error;
    console.error(JSON.stringify({ store: String(error) }));
    await portal.run(dropFiles, { ids: read.map(({ id }) => id) });
    return keptBefore(portal, kept, no('The files could not be stored. What you wrote is kept here: attach them again, or send it without.'));
  }
}

/** The same, beside copies of these files of macros. */
export async function receiveWith(ofMacros: string[], receiving: Receiving, parts: unknown[]): Promise<Received> {
  const received = await receive(receiving, parts);
  if (ofMacros.length === 0) return received;
  try {
    const { all } = await receiving.portal.run(takeFiles, { ids: ofMacros, once: receiving.once });
    const isOther = (id: string) => !all.some((one) => one.id === id);
    return { ...received, all: [...received.all.filter(({ id }) => isOther(id)), ...all], ids: [...received.ids.filter(isOther), ...all.map(({ id }) => id)] };
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'invalid') throw error;
    return { ...received, refusal: received.refusal ?? error };
  }
}
