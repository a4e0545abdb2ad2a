import { z } from 'zod';
import { isAnybodys } from '../platform/free-mail.ts';
import { chosen, email, line, remark } from '../platform/input.ts';

/** What becomes of tickets that wait, each with the version that was on the screen: `trust` recovers them, and trusts the addresses that they came from. */
export const SuspendedDecision = z.object({ entries: chosen, decision: z.enum(['recover', 'trust', 'remove'], { error: 'Choose what to do.' }) });

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** An address, or a domain with all below it; an `@` before it says nothing. Nobody trusts everybody who has mail with a provider for all. */
export const NewTrusted = z.object({
  pattern: line(254, 'Write an address or a domain.', 'This e-mail address is too long.')
    .transform((text) => text.toLowerCase().replace(/^@/, ''))
    .refine((text) => DOMAIN.test(text) || email.safeParse(text).success, 'Write an address like name@example.com, or a domain like example.com.')
    .refine((text) => !isAnybodys(text), 'Many people have addresses there. Trust single addresses.'),
  note: remark(200, 'Keep it under 200 characters.'),
});

export const NoMoreTrusted = z.object({ id: z.string().max(80) });
