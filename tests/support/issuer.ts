import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const CLIENT = { id: 'stoa', secret: 'a secret that only the two of us know' };

export interface Issuer {
  url: string;
  /** What it says of whom, by the name they sign in with there; changes count at once. */
  people: Record<string, Record<string, unknown>>;
  /** Which addresses it sends people back to. */
  knows(redirects: string[], method?: 'client_secret_basic' | 'client_secret_post'): void;
  close(): Promise<void>;
}

const configuration = (people: Issuer['people'], redirects: string[], method: string) => ({
  clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: redirects, token_endpoint_auth_method: method }],
  claims: { email: ['email', 'email_verified'], profile: ['name', 'locale'], groups: ['groups', 'org'] },
  findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  cookies: { keys: ['a key of the tests'] },
});

/** A real issuer of OpenID Connect on loopback: npm's `oidc-provider`, with its own login and consent pages. */
export async function issuer(): Promise<Issuer> {
  const { server, url, answerBy } = await listening();
  const people: Issuer['people'] = {};
  return {
    url,
    people,
    knows: (redirects, method = 'client_secret_basic') => answerBy(new Provider(url, configuration(people, redirects, method)).callback()),
    close: () => closed(server),
  };
}

/** An authorization server with the addresses and the API of a GitHub server of one's own; `people` have `id`, `login`, `name` and `emails`. */
export async function gitHub(): Promise<Issuer> {
  const { server, url, answerBy } = await listening();
  const people: Issuer['people'] = {};
  return {
    url,
    people,
    knows(redirects) {
      const provider = new Provider(`${url}/login/oauth`, { ...configuration(people, redirects, 'client_secret_post'), scopes: ['read:user', 'user:email'], routes: { authorization: '/authorize', token: '/access_token' } });
      const oauth = provider.callback();
      answerBy(async (request, response) => {
        const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
        if (!request.url!.startsWith('/api/v3/')) return oauth(Object.assign(request, { originalUrl: request.url, url: request.url!.replace('/login/oauth', '') }), response);
        const found = token && (await provider.AccessToken.find(token));
        const { emails, ...user } = (found && people[found.accountId]) || {};
        response.writeHead(found ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(request.url === '/api/v3/user/emails' ? emails : user));
      });
    },
    close: () => closed(server),
  };
}

/** A server whose answers are settled later, once its own address is known to others. */
async function listening() {
  let answer: RequestListener = (_, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answerBy: (listener: RequestListener) => void (answer = listener) };
}

const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

/** Goes through the issuer's own pages as somebody; returns the address that it sends the browser back to. */
export async function signInAt(authorize: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  const origin = new URL(authorize).origin;
  let at = authorize;
  let form: Record<string, string> | undefined;
  for (let hops = 0; hops < 15; hops++) {
    const answer: Response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) jar.set(...(/^([^=]+)=([^;]*)/.exec(cookie)!.slice(1, 3) as [string, string]));
    form = undefined;
    const location = answer.headers.get('location');
    if (location) at = new URL(location, at).href;
    if (location && new URL(at).origin !== origin) return at;
    if (location) continue;
    const page = await answer.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (!prompt) throw new Error(`The issuer says: ${page.replace(/<[^>]+>|\s+/g, ' ').slice(0, 300)}`);
    at = new URL(/action="([^"]+)"/.exec(page)![1]!, at).href;
    form = prompt === 'login' ? { prompt, login, password: 'x' } : { prompt };
  }
  throw new Error('The issuer sends in circles.');
}
