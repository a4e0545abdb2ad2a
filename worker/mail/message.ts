import type { Letter } from '../platform/mail.ts';

/** An address of mail, with a name or without. */
export interface Address {
  name: string;
  email: string;
}

/** `Stoa <hello@example.com>` or `hello@example.com`, or undefined when it is neither. */
export function addressOf(text: string | undefined): Address | undefined {
  const [, name = '', email] = /^\s*(?:([^<>\r\n]*?)\s*<)?([^\s<>@"]+@[^\s<>@"]+)>?\s*$/.exec(text ?? '') ?? [];
  return email ? { name: name.replace(/^"(.*)"$/, '$1'), email } : undefined;
}

/** Longest piece of UTF-8 whose encoded word stays within 75 characters (RFC 2047). */
const PIECE = 45;

/** Text of a header: as it is when it is plain ASCII, else as encoded words, folded. Control characters become spaces. */
function encodedWords(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  if (/^[\x20-\x7e]*$/.test(line) && line.length < 900 && !line.includes('=?')) return line;
  const pieces = [''];
  for (const letter of line.toWellFormed()) {
    if (Buffer.byteLength(pieces.at(-1)! + letter) > PIECE) pieces.push('');
    pieces[pieces.length - 1] += letter;
  }
  return pieces.map((piece) => `=?UTF-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ');
}

function mailbox({ name, email }: Address): string {
  if (!name) return email;
  const words = encodedWords(name);
  return `${words.startsWith('=?') ? words : `"${words.replace(/[\\"]/g, '\\$&')}"`} <${email}>`;
}

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}(?=.)/g, '$&\r\n');

/** What says that no person wrote this, so that no machine answers (RFC 3834). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/**
 * A letter as it crosses the wire (RFC 5322): text and HTML side by side, in base64, so that no line is long or begins with a dot.
 * The Message-ID is made of its id and the sender's domain.
 */
export function messageOf({ id, to, subject, text, html, headers = {} }: Letter & { id: string }, from: Address, now: Date): string {
  const boundary = `stoa-${id}`;
  const part = (type: string, words: string) => [`--${boundary}`, `Content-Type: text/${type}; charset=utf-8`, 'Content-Transfer-Encoding: base64', '', base64(words)];
  const own = Object.entries({ ...AUTOMATIC, ...headers }).filter(([name]) => /^[A-Za-z][A-Za-z-]*$/.test(name)).map(([name, value]) => `${name}: ${encodedWords(value)}`);
  return [
    `From: ${mailbox(from)}`,
    `To: ${to}`,
    `Subject: ${encodedWords(subject)}`,
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${from.email.split('@')[1]}>`,
    ...own,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part('plain', text),
    ...part('html', html),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}
