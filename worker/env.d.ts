/** What wrangler.toml, or the launcher on a machine of one's own, gives the worker. */
interface Env {
  ASSETS: Fetcher;
  GATE: DurableObjectNamespace<import('./platform/write-gate.ts').WriteGate>;
  ROOMS: DurableObjectNamespace<import('./forum/room.ts').TopicRoom>;
  TICKET_ROOMS: DurableObjectNamespace<import('./tickets/room.ts').TicketRoom>;
  /** Public address of this workspace, without a slash at the end. */
  STOA_URL: string;
  /** Key for signatures: at least 32 random bytes. */
  STOA_SECRET: string;
  /** IANA zone for people who have chosen none. */
  STOA_TIME_ZONE?: string;
  DATABASE_URL: string;
  DATABASE_TOKEN?: string;
  /** A service that leads to the database, where the network as a whole is closed to us. */
  DATABASE?: Fetcher;
  /** The bucket of files. */
  UPLOADS?: R2Bucket;
  /** On a machine of one's own: the folder of files, as a service that reads, writes and deletes. */
  FOLDER?: Fetcher;
  /** The mail server that carries letters: `smtp://user:password@host:587` or `smtps://…:465`. Without it Cloudflare's binding does, or nobody. */
  STOA_SMTP_URL?: string;
  /** Who letters are from: `Stoa <hello@example.com>`. */
  STOA_MAIL_FROM?: string;
  /** A service that leads to the mail server, where it is in a network that is closed to us. */
  SMTP?: Fetcher;
  /** Cloudflare's own way to send mail. */
  EMAIL?: SendEmail;
  /** The scanner that gets every file before it is handed out: an address, over HTTPS or by the service SCANNER, and its bearer token if it wants one. */
  STOA_SCANNER_URL?: string;
  STOA_SCANNER_TOKEN?: string;
  /** A service that leads to the scanner, where it is in a network that is closed to us. */
  SCANNER?: Fetcher;
  /** Who says what texts mean: the address of a service that speaks `/v1/embeddings`, over HTTPS or by the service MEANING, its model, and its key if it wants one. */
  STOA_MEANING_URL?: string;
  STOA_MEANING_MODEL?: string;
  STOA_MEANING_KEY?: string;
  /** A service that leads there, where it is in a network that is closed to us. */
  MEANING?: Fetcher;
  /** Cloudflare's own, where nobody else is named. */
  AI?: { run(model: string, input: { text: string[] }): Promise<unknown> };
  /** JSON, origin → name of the service that leads there: hosts of a private network that may be called, on a machine of one's own. */
  PRIVATE_HOSTS?: string;
}

declare namespace Cloudflare {
  interface Env extends globalThis.Env {}
}

declare module 'workerd' {
  /** Path of the workerd program. */
  const path: string;
  export default path;
}

declare module 'virtual:astro-cloudflare:config' {
  /** Whether this is the worker that writes the static pages while the site is built. */
  export const isPrerender: boolean;
}
