import { NotCarried } from '../platform/mail.ts';

/** Where a mail server is, and who we are to it. */
export interface MailServer {
  host: string;
  port: number;
  /** Encrypted from the first byte on. */
  secure: boolean;
  /** Never encrypted, though it may be offered. */
  plain: boolean;
  user: string;
  password: string;
}

/** `connect` of `cloudflare:sockets`, or of a service that leads to the mail server. */
export type Connect = (address: SocketAddress, options: SocketOptions) => Socket;

/** What a mail server says: its code, and all of its lines. */
export interface Answer {
  code: number;
  text: string;
}

export interface Conversation {
  /** Says a line and hears the answer. */
  say(line: string): Promise<Answer>;
  hear(): Promise<Answer>;
  /** Goes on encrypted. */
  encrypt(): void;
}

/** The longest answer that is listened to, in characters. */
const LONGEST = 20_000;

const lost = () => new NotCarried('The mail server hung up.');

function over(first: Socket): Conversation & { close(): Promise<void> } {
  let socket = first;
  let [reader, writer] = [socket.readable.getReader(), socket.writable.getWriter()];
  let heard = '';

  async function hear(): Promise<Answer> {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r?\n)*(\d{3})(?: .*)?\r?\n/.exec(heard);
      if (whole) {
        heard = heard.slice(whole[0].length);
        return { code: Number(whole[1]), text: whole[0].trim() };
      }
      const { value, done } = await reader.read();
      if (done || heard.length > LONGEST) throw lost();
      heard += new TextDecoder().decode(value);
    }
  }

  return {
    hear,
    async say(line) {
      await writer.write(new TextEncoder().encode(`${line}\r\n`));
      return hear();
    },
    encrypt() {
      reader.releaseLock();
      writer.releaseLock();
      socket = socket.startTls();
      [reader, writer] = [socket.readable.getReader(), socket.writable.getWriter()];
      heard = '';
    },
    close: () => socket.close().catch(() => {}),
  };
}

/** Talks with a mail server for so many milliseconds at most. Whatever goes wrong is `NotCarried`. */
export async function converse(server: MailServer, connect: Connect, patience: number, work: (talk: Conversation) => Promise<void>): Promise<void> {
  const secureTransport = server.secure ? 'on' : server.plain ? 'off' : 'starttls';
  const talk = over(connect({ hostname: server.host, port: server.port }, { secureTransport, allowHalfOpen: false }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotCarried('The mail server did not answer in time.')), patience);
  });
  try {
    await Promise.race([work(talk), late]);
  } catch (error) {
    throw error instanceof NotCarried ? error : new NotCarried(`The mail server is out of reach: ${(error as Error).message}`);
  } finally {
    clearTimeout(timer);
    await talk.close();
  }
}
