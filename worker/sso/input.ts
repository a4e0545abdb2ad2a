import { z } from 'zod';
import { line, remark } from '../platform/input.ts';
import { roles } from '../platform/permissions.ts';
import { audiences, kinds } from './schema.ts';
import { Vouched } from './vouched.ts';

/** A checkbox: there when it is ticked. */
const ticked = z.union([z.string(), z.boolean()]).optional().transform((value) => value === true || value === 'on' || value === 'true');

const maybeText = (limit: number) => remark(limit, 'This is too long.').transform((text) => text || null);

const ADDRESS = 'Write a whole address, like https://accounts.example.com.';

const isPlain = (text: string) => {
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password && !search && !hash;
};

const address = z.string({ error: ADDRESS }).trim().max(500, 'This is too long.').refine((text) => URL.canParse(text) && isPlain(text), ADDRESS);
const maybeAddress = z.union([z.literal(''), z.null(), address]).optional().transform((text) => text || null);

/** Lines of `group = role` → what each group makes of people. Roles of staff and moderators only: customers need none. */
const roleLines = z
  .string()
  .max(5_000, 'This is too long.')
  .default('')
  .transform((text) => text.split('\n').map((one) => one.split('=').map((part) => part.trim())).filter(([group]) => group))
  .refine((pairs) => pairs.length <= 100 && pairs.every((pair) => pair.length === 2 && given.includes(pair[1] as Given)), 'Write one group a line, like support = agent.')
  .transform((pairs) => Object.fromEntries(pairs) as Record<string, Given>);

const given = roles.filter((role) => role !== 'customer');
type Given = (typeof given)[number];

const facts = {
  name: line(60, 'Give it a name.', 'Keep the name under 60 characters.'),
  issuer: address,
  clientId: z.string({ error: 'Enter the client id.' }).trim().min(1, 'Enter the client id.').max(500, 'This is too long.'),
  audience: z.enum(audiences, { error: 'Choose for whom it is.' }),
  scopes: z.string().trim().max(300, 'This is too long.').regex(/^[\x21\x23-\x5b\x5d-\x7e ]*$/, 'Write scopes with spaces between them.').default(''),
  roleClaim: maybeText(200),
  roles: roleLines,
  accountClaim: maybeText(200),
  trustsEmail: ticked,
  joinsByDomain: ticked,
};

/** Issuers that speak for every company there is: an address that they do not call proved may be anybody's. */
const SHARED = /^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers)\b/i;

const honest = <T extends { issuer: string; trustsEmail: boolean }>({ issuer, trustsEmail }: T) => !(trustsEmail && SHARED.test(issuer));
const SHARED_ISSUER = { path: ['trustsEmail'], error: 'This issuer speaks for every company. Use the address of your own tenant to trust its addresses.' };

export const NewProvider = z
  .object({
    ...facts,
    slug: z.string({ error: 'Give it an address.' }).trim().toLowerCase().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'Use letters, digits and hyphens.'),
    kind: z.enum(kinds),
    clientSecret: z.string({ error: 'Enter the client secret.' }).trim().min(1, 'Enter the client secret.').max(2_000, 'This is too long.'),
  })
  .refine(honest, SHARED_ISSUER);

/** An empty secret leaves it as it is. */
export const ProviderChange = z.object({ ...facts, slug: z.string().max(80), clientSecret: z.string().trim().max(2_000, 'This is too long.').default('') }).refine(honest, SHARED_ISSUER);

export const ProviderSwitch = z.object({ slug: z.string().max(80), isOn: ticked });

export const HostAppChange = z.object({
  isOn: ticked,
  origin: maybeAddress.transform((text) => text && new URL(text).origin),
  jwks: maybeAddress,
  makesAccounts: ticked,
});

export const Nothing = z.object({});

export const OneSecret = z.object({ id: z.string().max(80) });

export const SignUpChange = z.object({ isOpen: ticked });

/** Who comes in by the word of another. */
export const Arriving = z.object({ vouched: z.instanceof(Vouched), https: z.boolean(), locale: z.enum(['en', 'el']), device: z.string().default(''), place: z.string().default(''), url: z.string().default('') });
