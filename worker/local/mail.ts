import { isIP } from 'node:net';
import { addressOf } from '../mail/message.ts';
import { mailServerOf } from '../mail/smtp.ts';
import { Trouble } from './say.ts';

/** How letters leave this workspace. */
export interface Post {
  smtpUrl: string;
  from: string;
}

/** What STOA_SMTP_URL and STOA_MAIL_FROM say; undefined when letters are kept. */
export function postOf({ STOA_SMTP_URL: smtpUrl, STOA_MAIL_FROM: from = '' }: NodeJS.ProcessEnv = process.env): Post | undefined {
  if (!smtpUrl) return undefined;
  if (!mailServerOf(smtpUrl)) throw new Trouble('STOA_SMTP_URL is no address of a mail server. Write it like smtp://user:password@mail.example.com:587.');
  if (!addressOf(from)) throw new Trouble('Set STOA_MAIL_FROM to the address that letters come from, like "Stoa <hello@example.com>".');
  return { smtpUrl, from };
}

/** How letters leave, in words, without the password. */
export function wayOf(post: Post | undefined): string {
  if (!post) return 'letters are kept and read at /admin/mail; set STOA_SMTP_URL to send them';
  const { host, port } = mailServerOf(post.smtpUrl)!;
  return `letters leave by ${host}:${port} from ${post.from}`;
}

/** The networks in which the worker may look for the mail server, and for nothing else: its own address, or, when it has a name, any. */
export function networksOf({ smtpUrl }: Post): string[] {
  const { host } = mailServerOf(smtpUrl)!;
  const kind = isIP(host);
  return kind === 4 ? [`${host}/32`] : kind === 6 ? [`${host}/128`] : ['public', 'private', 'local'];
}
