import type { Permission, Role } from '../platform/permissions.ts';
import { locales, type Locale, roles, type Viewer } from '../platform/viewer.ts';
import { type Line, linesOf } from './csv.ts';
import { NewInvitation } from './input.ts';
import { mayGive } from './may-give.ts';
import type { Wish } from './sending.ts';

/** Lines at once. */
const MOST_LINES = 200;

/** JSON lists, as `manyWanted` answers them. */
export interface Known {
  here: string;
  accounts: string;
  roles: string;
  lately: string;
}

interface FoundRole {
  id: string;
  name: string;
  base: Exclude<Role, 'visitor'>;
  permissions: Permission[];
}

/** A line with what is wrong with it, as an English sentence, or with what it wishes. */
export interface Judged {
  line: Line;
  problem?: string;
  wish?: Wish;
}

/** What has to be known of the lines of a list before they can be judged. */
export function askedBy(csv: string): { emails: string[]; named: string[]; roleNames: string[] } {
  const lines = linesOf(csv).slice(0, MOST_LINES + 1);
  const all = (column: 'email' | 'account' | 'role') => [...new Set(lines.map((line) => line[column]).filter(Boolean))];
  return { emails: all('email').map((email) => email.toLowerCase()), named: all('account'), roleNames: all('role') };
}

/** Judges every line: who gets an invitation, and why the others do not. */
export function judged(viewer: Viewer, csv: string, known: Known, locale: Locale): Judged[] {
  const [here, lately] = [new Set(JSON.parse(known.here) as string[]), new Set(JSON.parse(known.lately) as string[])];
  const [accounts, custom] = [JSON.parse(known.accounts) as { id: string; name: string }[], JSON.parse(known.roles) as FoundRole[]];
  const seen = new Set<string>();
  return linesOf(csv).map((line, place) => {
    const wrong = (problem: string) => ({ line, problem });
    if (place >= MOST_LINES) return wrong('Two hundred lines at once. Send the rest later.');
    const read = NewInvitation.pick({ email: true, name: true }).safeParse(line);
    if (!read.success) return wrong(read.error.issues[0]!.message);
    const { email, name = '' } = read.data;
    if (seen.has(email)) return wrong('This address is in a line above.');
    seen.add(email);
    const account = accounts.find(({ id, name: called }) => id === line.account || same(called, line.account));
    if (line.account && !account) return wrong('There is no account of this name.');
    const role = roleNamed(line.role, custom);
    if (!role) return wrong('There is no role of this name.');
    const language = locales.find((one) => one === (line.locale || locale));
    if (!language) return wrong('Choose one of the languages.');
    const wish = { ...role, email, name, accountId: account?.id ?? null, accountName: account?.name ?? null, accountRole: 'member' as const, locale: language };
    if (!mayGive(viewer, wish)) return wrong('You cannot give what you do not hold.');
    if (here.has(email)) return wrong('They are here already. Change them on their page.');
    if (lately.has(email)) return wrong('This address was invited within the last day. Send that invitation again instead.');
    return { line, wish };
  });
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function roleNamed(name: string, custom: FoundRole[]): Pick<Wish, 'role' | 'roleId' | 'permissions'> | undefined {
  const builtIn = roles.find((role) => role === (name.toLowerCase().replace(/[\s-]+/g, '_') || 'customer'));
  if (builtIn) return { role: builtIn, roleId: null, permissions: null };
  const found = custom.find((role) => same(role.name, name));
  return found && { role: found.base, roleId: found.id, permissions: found.permissions };
}
