import { purge } from './cache.ts';
import { tagsOf, thingsOf } from './changes.ts';
import { asksIfOpen, known, sight, sightBeside } from './forum/sight.ts';
import { announce } from './live.ts';
import { deviceOf } from './people/device.ts';
import { type Familiar, familiarIn, familiarName, familiarTo } from './people/familiar.ts';
import { mailerOf } from './mail/mailer.ts';
import { forgotten, proofOf, renewedCookie } from './people/sessions.ts';
import { asRemembered, claimedViewer, cookieNames, rememberViewer } from './people/cookies.ts';
import { proofOfToken } from './people/tokens.ts';
import type { Gate } from './platform/gate.ts';
import { unsettle } from './platform/kept.ts';
import type { Meter } from './platform/meter.ts';
import type { DomainEvent } from './platform/operation.ts';
import { bearerOf, networkOf, placeOf } from './platform/entry.ts';
import { type Call, outside } from './platform/outside.ts';
import { type Meaning, meaningOf } from './platform/meaning.ts';
import { type Link, openPortal, type Portal, type Proof, type Sight } from './platform/portal.ts';
import type { Area } from './platform/scope.ts';
import { scannerOf } from './platform/scanner.ts';
import { type Store, storeOf } from './platform/store.ts';
import { sameViewer, type Viewer, visitor } from './platform/viewer.ts';
import { databaseOf, gateway } from './platform/write-gate.ts';
import { deliverSoon } from './reactions.ts';
import { type SearchLog, searchLog } from './searches/gather.ts';
import { keyIn, stillOpens } from './tickets/link.ts';
import { type VisitLog, visitLog } from './tickets/visits.ts';

/** A request's way in. */
export interface Entrance {
  portal: Portal;
  meter: Meter;
  /** The secret of the session they came with, if any. */
  session: string | undefined;
  https: boolean;
  /** The address they come from, or `unknown`. */
  network: string;
  /** Where they come from, as every way in wants to know it. */
  from: { network: string; device: string; place: string; familiar: Familiar | null; https: boolean };
  secret: string;
  /** Public address of this workspace, whatever host the request named. */
  url: string;
  /** Where the bytes of files lie. */
  files: Store;
  /** Whether a scanner looks into files before they are handed out. */
  scanned: boolean;
  /** Who says what texts mean, if somebody does. */
  meaning: Meaning | undefined;
  /** What people search for, and what comes of it. */
  searches: SearchLog;
  /** Who of the staff looks at which tickets. */
  visits: VisitLog;
  /** Calls other machines. */
  call: Call;
  /** `Set-Cookie` values that the answer has to carry, known once the portal was used. */
  cookies(): string[];
  /** `Set-Cookie` values that make a browser forget who it was. */
  forget(): string[];
}

interface Claim {
  viewer: Viewer;
  proof?: Proof;
  sight?: Sight;
  /** The link that made them a guest of a ticket. */
  link?: Link;
  session?: string;
  cookies?: (actual: Viewer) => string[];
}

/** A request becomes a portal: who is asking, and what they can reach. `area` is the part of the API that is called. Asks the database nothing by itself. */
export function enter(request: Request, env: Env, wait: (work: Promise<unknown>) => void, area?: Area): Entrance {
  const https = env.STOA_URL.startsWith('https:');
  const meter: Meter = { trips: 0, waited: 0 };
  const db = databaseOf(env);
  const gate = countingGate(gateway(env), meter);
  const familiar = () => familiarIn(env.STOA_SECRET, cookiesOf(request).get(familiarName(https)));
  const claim = guest(request, env.STOA_SECRET, claimOf());
  const { viewer, proof } = claim;
  const network = networkOf(request);
  const portal = openPortal({ db, gate, meter, viewer, proof, sight: claim.sight, link: claim.link, secret: env.STOA_SECRET, network, area, committed });
  return {
    portal, meter, https, network, session: claim.session, secret: env.STOA_SECRET, url: env.STOA_URL, cookies: () => claim.cookies?.(portal.viewer) ?? [], forget: () => forgotten(https),
    // What few pages ask for is found out when they do.
    get from() { return { network, https, device: deviceOf(request.headers.get('user-agent')), place: placeOf(request), familiar: familiar() }; },
    get files() { return storeOf(env); },
    get scanned() { return scannerOf(env) !== undefined; },
    get meaning() { return meaningOf(env); },
    get searches() { return searchLog(() => gateway(env), wait); },
    get visits() { return visitLog(() => gateway(env), wait); },
    get call() { return outside(env); },
  };

  async function committed(events: DomainEvent[]): Promise<void> {
    if (events.length === 0) return;
    unsettle(thingsOf(events));
    await purge(tagsOf(events));
    wait(announce(env, events));
    wait(deliverSoon({ db, gate: gateway(env), mailer: mailerOf(env), files: storeOf(env), scanner: scannerOf(env), secret: env.STOA_SECRET, url: env.STOA_URL, happened: (happened) => purge(tagsOf(happened)) }));
  }

  function claimOf(): Claim {
    const { STOA_SECRET, STOA_TIME_ZONE = 'UTC' } = env;
    const keep = (statements: Parameters<Gate['commit']>[0]) => wait(gate.commit(statements));
    const bearer = bearerOf(request);
    if (bearer) return proofOfToken(db, bearer, STOA_TIME_ZONE, keep);
    const jar = cookiesOf(request);
    const names = cookieNames(https);
    const session = jar.get(names.session);
    if (!session) return { viewer: known(visitor), sight };
    const { viewer: remembered, id } = claimedViewer(STOA_SECRET, session, jar.get(names.viewer));
    const viewer = known(remembered);
    const confirmation = proofOf(db, session, https, STOA_TIME_ZONE, { remembered, id, isOpen: asksIfOpen(viewer) });
    const { proof: sessionProof, upkeep, beside } = confirmation;
    let proved = false;
    const confirm: Proof['confirm'] = async (rows) => {
      const actual = await sessionProof.confirm(rows);
      proved = true;
      return actual;
    };
    const cookies = (actual: Viewer) => {
      if (!proved) return [];
      const { renewed } = confirmation;
      if (upkeep.length > 0) keep(upkeep.splice(0).map((s) => s.toSQL()).map(({ sql, params }) => ({ sql, args: params as never })));
      const who = asRemembered(actual);
      if (who.id === null) return confirmation.halfway ? [] : forgotten(https);
      if (!renewed && sameViewer(who, remembered)) return [];
      const device = familiarTo(STOA_SECRET, who.viewedBy ?? who.id, familiar(), https);
      return [...(device ? [device] : []), ...(renewed ? [renewedCookie(session, https)] : []), rememberViewer(STOA_SECRET, session, who, https)];
    };
    return { viewer, proof: { ...sessionProof, confirm }, sight: sightBeside(() => (proved ? undefined : beside())), session, cookies };
  }
}

/** A signed link, `?key=…` on the address of a ticket's page or of its rating, opens that one ticket to whoever holds it until somebody else asks it, and with `?ticket=…` on that of a file what is attached to it. The API tells more of people, and knows no links. */
function guest(request: Request, secret: string, claim: Claim): Claim {
  if (!request.url.includes('key=')) return claim;
  const url = new URL(request.url);
  const number = Number(/^\/tickets\/(\d{1,15})(?:\/rating)?$/.exec(url.pathname)?.[1] ?? (url.pathname.startsWith('/files/') && /^\d{1,15}$/.exec(url.searchParams.get('ticket') ?? '')?.[0]));
  const key = url.searchParams.get('key');
  const made = number && key ? keyIn(secret, number, key) : undefined;
  if (!number || made === undefined) return claim;
  const asGuest = (viewer: Viewer): Viewer => ({ ...viewer, guestOf: number });
  const { proof } = claim;
  return { ...claim, viewer: asGuest(claim.viewer), link: stillOpens(number, made), ...(proof ? { proof: { ...proof, confirm: async (rows) => asGuest(await proof.confirm(rows)) } } : {}) };
}

function countingGate(gate: Gate, meter: Meter): Gate {
  return {
    async commit(statements) {
      meter.trips++;
      const started = performance.now();
      try {
        return await gate.commit(statements);
      } finally {
        meter.waited += performance.now() - started;
      }
    },
  };
}

/** The cookies of a request; of two with one name the first counts. */
export function cookiesOf(request: Request): Map<string, string> {
  const jar = new Map<string, string>();
  for (const pair of (request.headers.get('cookie') ?? '').split(/;\s*/)) {
    const at = pair.indexOf('=');
    if (at > 0 && !jar.has(pair.slice(0, at))) jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return jar;
}
