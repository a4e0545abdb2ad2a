import { cut } from './cut.ts';

const MOST = 120;
/** What belongs to no name: control and format characters, those that turn the direction of writing among them, and halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

const EXTENSIONS: Record<string, string[]> = { 'image/png': ['png'], 'image/jpeg': ['jpg', 'jpeg'], 'image/gif': ['gif'], 'image/webp': ['webp'] };

/** The name of a file as it is kept: the last part of a path, visible characters only, at most 120; a picture's ends like what it is. */
export function fileName(given: string, type: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(UNSEEN, '').replace(/[<>:"|?*]/g, '_').replace(/\s+/g, ' ').replace(/^[. ]+|[. ]+$/g, '') || 'file';
  const [, base = clean, ending = ''] = /^(.+?)(\.[^. ]{1,10})?$/u.exec(clean) ?? [];
  const wanted = EXTENSIONS[type];
  const fits = !wanted || wanted.includes(ending.slice(1).toLowerCase());
  const end = fits ? ending : `${ending.replaceAll('.', '_')}.${wanted[0]}`;
  return `${cut(base, MOST - end.length)}${end}`;
}

/** `Content-Disposition` of a file: its name in ASCII for everyone, and whole for who reads RFC 8187 (RFC 6266, section 4.3). */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${name.replace(/[^A-Za-z0-9 ._-]/g, '_')}"; filename*=UTF-8''${encoded}`;
}
