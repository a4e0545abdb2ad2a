import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import workerdBinary from 'workerd';
import { assetsOf } from './assets.ts';
import { networksOf, type Post } from './mail.ts';
import type { MeaningService } from './meaning.ts';
import { endOrphans } from './orphans.ts';
import { freePort, onFreePort } from './ports.ts';
import type { Scanner } from './scanner.ts';
import { Trouble } from './say.ts';
import { type Supervised, supervise } from './supervise.ts';

export interface Workerd {
  url: string;
  process: Supervised;
  /** Rejects with a `Trouble` when the worker cannot be kept running. */
  died: Promise<never>;
  /** Has the worker do the work of one expression of its timetable. */
  tick(cron: string): Promise<void>;
  stop(): Promise<void>;
}

interface Wishes {
  /** The built site: `server/` and `client/`. */
  dist: string;
  /** Where the generated configuration and the files of people go. */
  folder: string;
  port?: number;
  databaseUrl: string;
  secret: string;
  /** The public address, when it is not the one we listen on. */
  url?: string;
  timeZone?: string;
  /** How letters leave, if they do. */
  post?: Post | undefined;
  /** Who looks into files before they are handed out, if somebody does. */
  scanner?: Scanner | undefined;
  /** Who says what texts mean, if somebody does. */
  meaning?: MeaningService | undefined;
  /** Origins of a private network that the worker may call; none when not said. */
  privateHosts?: string[];
  log?: (line: string) => void;
}

/** The folder of files inside that of a workspace. */
export const FILES = 'files';

const READY_WITHIN = 60_000;
const COMPATIBILITY = 'compatibilityDate = "2026-10-01"';

/** The built worker in plain workerd: the runtime of Cloudflare, nothing in front of it. */
export const startWorkerd = (wishes: Wishes): Promise<Workerd> => onFreePort(wishes.port, () => startOnce(wishes));

async function startOnce(wishes: Wishes): Promise<Workerd> {
  const { dist, folder, log = () => {} } = wishes;
  const port = await freePort(wishes.port);
  const clockPort = await freePort();
  if (!port || !clockPort) throw new Trouble(`Port ${wishes.port} is taken. Stop what listens there, or set STOA_PORT to another.`);
  const url = `http://127.0.0.1:${port}`;
  mkdirSync(join(folder, FILES), { recursive: true });
  const config = configOf(folder);
  writeFileSync(config, configuration(wishes, wishes.url ?? url, port, clockPort, join(dist, 'server'), join(dist, 'client')));
  const died = Promise.withResolvers<never>();
  died.promise.catch(() => {});
  const server = supervise(binary(), ['serve', config], { log, hopeless: (words) => died.reject(new Trouble(`The worker does not start: ${words.trim()}`)) });
  await Promise.race([ready(url), died.promise]).catch(async (error) => {
    await server.stop();
    throw error;
  });
  return {
    url,
    process: server,
    died: died.promise,
    async tick(cron) {
      await fetch(`http://127.0.0.1:${clockPort}/`, { method: 'POST', body: cron, signal: AbortSignal.timeout(60_000) });
    },
    stop: () => server.stop(),
  };
}

const configOf = (folder: string) => join(folder, 'workerd.capnp');

/** Ends the worker that a killed process left on the folder of a workspace, which is held. */
export const endWorkerOf = (folder: string) => endOrphans('workerd', ['serve', configOf(folder)], 'A worker');

const binary = () => (workerdBinary as unknown as { default?: string }).default ?? workerdBinary;

async function ready(url: string): Promise<void> {
  const until = Date.now() + READY_WITHIN;
  for (;;) {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > until) throw new Trouble('The worker did not answer within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const text = (value: string) => `"${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;

/** A service that leads to one scheme, host and port, and nowhere else. */
const external = (name: string, { protocol, host, hostname, port }: URL) =>
  protocol === 'https:'
    ? `(name = "${name}", external = (address = ${text(port ? host : `${hostname}:443`)}, https = (options = (), tlsOptions = (trustBrowserCas = true), certificateHost = ${text(hostname)})))`
    : `(name = "${name}", external = (address = ${text(port ? host : `${hostname}:80`)}, http = ()))`;

/** A service for each private host that was named, by scheme, host and port, so that it alone is reached and nothing beside it. */
function privateServices(origins: string[] = []) {
  const named = origins.map((origin, i) => ({ url: new URL(origin), name: `PRIVATE_${i}` }));
  return {
    services: named.map(({ url, name }) => external(name, url)),
    bindings: [...named.map(({ name }) => `(name = "${name}", service = "${name}")`), `(name = "PRIVATE_HOSTS", text = ${text(JSON.stringify(Object.fromEntries(named.map(({ url, name }) => [url.origin, name]))))})`],
  };
}

function configuration(wishes: Wishes, url: string, port: number, clockPort: number, server: string, client: string): string {
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => /\.m?js$/.test(file));
  const ours = (name: string) => text(readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8'));
  const modules = [
    `(name = "front.mjs", esModule = ${ours('./front.js')})`,
    `(name = "packing.mjs", esModule = ${ours('./packing.js')})`,
    `(name = "assets.json.mjs", esModule = ${text(`export default ${JSON.stringify(assetsOf(client))}`)})`,
    ...files.map((file) => `(name = ${text(file)}, esModule = embed ${text(relative(wishes.folder, join(server, file)))})`),
  ];
  const variables = { STOA_URL: url, STOA_SECRET: wishes.secret, DATABASE_URL: wishes.databaseUrl, STOA_TIME_ZONE: wishes.timeZone ?? 'UTC', ...(wishes.post ? { STOA_SMTP_URL: wishes.post.smtpUrl, STOA_MAIL_FROM: wishes.post.from } : {}), ...(wishes.scanner ? { STOA_SCANNER_URL: wishes.scanner.url, STOA_SCANNER_TOKEN: wishes.scanner.token } : {}), ...(wishes.meaning ? { STOA_MEANING_URL: wishes.meaning.url, STOA_MEANING_MODEL: wishes.meaning.model, STOA_MEANING_KEY: wishes.meaning.key } : {}) };
  const hosts = privateServices(wishes.privateHosts);
  const bindings = [
    ...Object.entries(variables).map(([name, value]) => `(name = "${name}", text = ${text(value)})`),
    '(name = "FILES", service = "files")',
    '(name = "DATABASE", service = "database")',
    '(name = "FOLDER", service = "folder")',
    ...(wishes.post ? ['(name = "SMTP", service = "post")'] : []),
    ...(wishes.scanner ? ['(name = "SCANNER", service = "scanner")'] : []),
    ...(wishes.meaning ? ['(name = "MEANING", service = "meaning")'] : []),
    '(name = "GATE", durableObjectNamespace = "WriteGate")',
    '(name = "ROOMS", durableObjectNamespace = "TopicRoom")',
    '(name = "TICKET_ROOMS", durableObjectNamespace = "TicketRoom")',
    ...hosts.bindings,
  ];
  const network = (name: string, allow: string[]) => `(name = "${name}", network = (allow = [${allow.map(text).join(', ')}], tlsOptions = (trustBrowserCas = true)))`;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "stoa", worker = .stoa),
    (name = "files", disk = (path = ${text(client)}, writable = false)),
    (name = "folder", disk = (path = ${text(join(wishes.folder, FILES))}, writable = true)),
    (name = "database", external = (address = ${text(new URL(wishes.databaseUrl).host)}, http = ())),
    ${[...hosts.services, network('internet', ['public']), ...(wishes.post ? [network('post', networksOf(wishes.post))] : []), ...(wishes.scanner ? [external('scanner', new URL(wishes.scanner.url))] : []), ...(wishes.meaning ? [external('meaning', new URL(wishes.meaning.url))] : [])].join(',\n    ')}
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:${port}", http = (), service = "stoa"),
    (name = "clock", address = "127.0.0.1:${clockPort}", http = (), service = (name = "stoa", entrypoint = "clock"))
  ]
);
const stoa :Workerd.Worker = (
  ${COMPATIBILITY},
  modules = [
    ${modules.join(',\n    ')}
  ],
  bindings = [${bindings.join(', ')}],
  durableObjectNamespaces = [(className = "WriteGate", uniqueKey = "stoa-write-gate", enableSql = true), (className = "TopicRoom", uniqueKey = "stoa-topic-room", enableSql = true), (className = "TicketRoom", uniqueKey = "stoa-ticket-room", enableSql = true)],
  durableObjectStorage = (inMemory = void),
  globalOutbound = "internet"
);
`;
}
