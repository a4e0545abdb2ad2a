import { type Mailer, NotCarried } from '../platform/mail.ts';
import { type Address, addressOf } from './message.ts';
import { bySmtp, mailServerOf } from './smtp.ts';

/** Who carries the letters of this workspace, as the environment says: a mail server, Cloudflare, or, when undefined, nobody: then they are kept. */
export function mailerOf(env: Env): Mailer | undefined {
  const from = addressOf(env.STOA_MAIL_FROM) ?? { name: 'Stoa', email: `stoa@${new URL(env.STOA_URL).hostname}` };
  const server = mailServerOf(env.STOA_SMTP_URL);
  if (server) {
    return {
      async send(letter) {
        const connect = env.SMTP ? env.SMTP.connect.bind(env.SMTP) : (await import('cloudflare:sockets')).connect;
        await bySmtp(server, from, connect).send(letter);
      },
    };
  }
  return env.EMAIL ? byCloudflare(env.EMAIL, from) : undefined;
}

/** Codes of Cloudflare's that are about the letter, not about us or the hour. */
const FOR_GOOD = /^E_(VALIDATION|RECIPIENT|FIELD|CONTENT|HEADER)/;

/** Carries letters by Cloudflare's `send_email` binding, which chooses the Message-ID itself. */
const byCloudflare = (email: SendEmail, from: Address): Mailer => ({
  async send({ to, subject, text, html, headers = {} }) {
    try {
      await email.send({ to, from, subject, text, html, headers: { 'X-Auto-Response-Suppress': 'All', ...headers } });
    } catch (error) {
      const { message, code = '' } = error as Error & { code?: string };
      throw new NotCarried(`${code} ${message}`.trim(), FOR_GOOD.test(code));
    }
  },
});
