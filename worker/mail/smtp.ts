import { type Mailer, NotCarried } from '../platform/mail.ts';
import { type Address, messageOf } from './message.ts';
import { type Answer, type Connect, converse, type Conversation, type MailServer } from './conversation.ts';

/** Milliseconds for a whole letter, from the connection to the server's word that it has it. */
const PATIENCE = 20_000;

/** `smtp://user:password@host:port` (with STARTTLS where the server offers it) or `smtps://…`; `?tls=no` never encrypts. Undefined when it is no such address. */
export function mailServerOf(url: string | undefined): MailServer | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || !hostname) return undefined;
  const secure = protocol === 'smtps:';
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 465 : 587), secure, plain: searchParams.get('tls') === 'no', user: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/** Carries letters to one mail server by SMTP (RFC 5321), a connection each. */
export const bySmtp = (server: MailServer, from: Address, connect: Connect): Mailer => ({
  send: (letter) =>
    converse(server, connect, PATIENCE, async (talk) => {
      await greet(talk, server, from);
      accepted(await talk.say(`MAIL FROM:<${from.email}>`));
      if (/[\s<>]/.test(letter.to)) throw new NotCarried('The address is none.', true);
      accepted(await talk.say(`RCPT TO:<${letter.to}>`));
      accepted(await talk.say('DATA'));
      accepted(await talk.say(`${messageOf(letter, from, new Date())}.`));
      await talk.say('QUIT').catch(() => {});
    }),
});

/** Says hello, encrypts where it can, and signs in where there is somebody to be. A server that will not have us at all may have us tomorrow. */
async function greet(talk: Conversation, server: MailServer, from: Address): Promise<void> {
  const name = from.email.split('@')[1];
  expected(await talk.hear());
  let offers = expected(await talk.say(`EHLO ${name}`));
  if (!server.secure && !server.plain && /^250[ -]STARTTLS\b/im.test(offers.text)) {
    expected(await talk.say('STARTTLS'));
    talk.encrypt();
    offers = expected(await talk.say(`EHLO ${name}`));
  } else if (server.user && !server.secure && !server.plain) throw new NotCarried('The mail server offers no encryption, so no password is sent to it.');
  if (server.user) await signIn(talk, server, /^250[ -]AUTH\b.*\bPLAIN\b/im.test(offers.text));
}

async function signIn(talk: Conversation, { user, password }: MailServer, plain: boolean): Promise<void> {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  if (plain) return void expected(await talk.say(`AUTH PLAIN ${encoded(`\0${user}\0${password}`)}`));
  for (const words of ['AUTH LOGIN', encoded(user), encoded(password)]) expected(await talk.say(words));
}

const isGood = ({ code }: Answer) => code >= 200 && code < 400;

function expected(answer: Answer): Answer {
  if (!isGood(answer)) throw new NotCarried(answer.text);
  return answer;
}

/** An answer about this letter: 5xx is for good, but for 53x, which is about us. */
function accepted(answer: Answer): void {
  if (!isGood(answer)) throw new NotCarried(answer.text, answer.code >= 500 && Math.floor(answer.code / 10) !== 53);
}
