import type { Call } from '../platform/outside.ts';
import type { Claims } from './claims.ts';

/** Where the API of a GitHub is: of github.com on a host of its own, of a server of one's own below it. */
const apiOf = (site: string) => (new URL(site).host === 'github.com' ? 'https://api.github.com' : `${site.replace(/\/$/, '')}/api/v3`);

/** Who somebody is on GitHub, as claims: its number stays when its name changes; the address is the primary one, with whether it is proved. */
export async function profileOnGitHub(call: Call, site: string, accessToken: string): Promise<Claims> {
  const ask = async <Answer>(path: string): Promise<Answer> => {
    const answer = await call(apiOf(site) + path, { headers: { authorization: `Bearer ${accessToken}`, accept: 'application/vnd.github+json', 'user-agent': 'Stoa' } });
    if (!answer.ok) throw new Error(`unexpected HTTP response: ${answer.status} of ${path}`);
    return (await answer.json()) as Answer;
  };
  const [user, emails] = await Promise.all([ask<{ id: number; login: string; name: string | null }>('/user'), ask<{ email: string; primary: boolean; verified: boolean }[]>('/user/emails')]);
  const primary = emails.find((one) => one.primary);
  return { iss: site, sub: String(user.id), name: user.name ?? user.login, email: primary?.email, email_verified: primary?.verified === true };
}
