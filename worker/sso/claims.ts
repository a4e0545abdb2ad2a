import { cut } from '../platform/cut.ts';
import { email as address } from '../platform/input.ts';
import { type Role, roles } from '../platform/permissions.ts';
import type { Locale } from '../platform/viewer.ts';

/** What a token or a user-info answer says. */
export type Claims = Record<string, unknown>;

const text = (value: unknown, limit: number) => (typeof value === 'string' || typeof value === 'number' ? cut(String(value).replace(/[\p{C}\s]+/gu, ' ').trim(), limit) || null : null);

/** A claim by its name, or by the way to it: `realm_access.roles`. */
export function claimOf(claims: Claims, name: string | null): unknown {
  if (!name) return undefined;
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, key) => (value && typeof value === 'object' && Object.hasOwn(value, key) ? (value as Claims)[key] : undefined), claims);
}

/** The first text in a claim, or null. */
export const textOf = (claims: Claims, name: string | null, limit = 200) => text([claimOf(claims, name)].flat()[0], limit);

/** The name to show; null when none is said. */
export const nameOf = (claims: Claims) => text(claims['name'], 80) ?? text([claims['given_name'], claims['family_name']].filter(Boolean).join(' '), 80);

/** The language, if it is one of ours. */
export function languageOf(claims: Claims): Locale | null {
  const said = text(claims['locale'], 10)?.toLowerCase();
  return said ? (said.startsWith('el') ? 'el' : 'en') : null;
}

/** The address, if it is one. */
export function addressOf(claims: Claims): string | null {
  const parsed = address.safeParse(claims['email']);
  return parsed.success ? parsed.data : null;
}

const isTrue = (value: unknown) => value === true || value === 'true' || value === 1 || value === '1';

/** Whether it is said that the address is proved: `email_verified`, or, as Microsoft says it, that its domain belongs to the tenant. */
export const isProved = (claims: Claims) => isTrue(claims['email_verified']) || isTrue(claims['xms_edov']);

/** The role with most rights among those that the groups of a claim give. */
export function roleOf<R extends Role>(claims: Claims, name: string | null, given: Record<string, R>): R | null {
  const groups = [claimOf(claims, name)].flat().filter((group) => typeof group === 'string');
  const found = groups.flatMap((group) => (Object.hasOwn(given, group) ? [given[group]!] : []));
  return found.sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

const rank = (role: Role) => (roles as readonly string[]).indexOf(role);
