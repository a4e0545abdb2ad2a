import { createHash, createHmac, randomBytes } from 'node:crypto';
import { fileName } from '../platform/file-name.ts';
import { Damaged, pictureIn } from '../platform/pictures/picture.ts';
import { invalid } from '../platform/refusal.ts';
import { isProgram, typeOf } from '../platform/sniff.ts';
import { LARGEST_FILE } from './limits.ts';

/** A file as it will be kept, with its bytes. */
export interface Read {
  id: string;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  sha256: string;
  bytes: Uint8Array;
}

const no = (sentence: string) => invalid({ attachments: sentence });

function pictured(bytes: Uint8Array) {
  try {
    return pictureIn(bytes);
  } catch (error) {
    if (error instanceof Damaged) throw no('This picture is damaged or far too large. Save it anew and attach that.');
    throw error;
  }
}

/** The id of a file: of the same person, form and content always the same one; without a form, or for somebody else, one that nobody can guess. */
function idOf(secret: string, by: string, once: string | undefined, name: string, sha256: string): string {
  const id = once ? createHmac('sha256', secret).update(`attachment\n${by}\n${once}\n${name}\n${sha256}`).digest('hex') : randomBytes(16).toString('hex');
  return `att_${id.slice(0, 32)}`;
}

/** Looks into a file that was sent: what it is, by its bytes alone; pictures lose everything but the picture. Refuses what is too large, damaged, or a program. */
export async function readFile(file: File, { secret, by, once }: { secret: string; by: string; once: string | undefined }): Promise<Read> {
  if (file.size > LARGEST_FILE) throw no('Keep each file under 25 MB.');
  const sent = new Uint8Array(await file.arrayBuffer());
  if (isProgram(sent)) throw no('Programs cannot be attached.');
  const picture = pictured(sent);
  const bytes = picture?.bytes ?? sent;
  const type = picture?.type ?? typeOf(sent);
  // So forms spell quotes and line ends in names (HTML, multipart/form-data encoding algorithm).
  const name = fileName(file.name.replace(/%(22|0D|0A)/g, ' '), type);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { id: idOf(secret, by, once, name, sha256), name, type, size: bytes.length, width: picture?.width ?? null, height: picture?.height ?? null, sha256, bytes };
}
