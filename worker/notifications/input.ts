import { z } from 'zod';
import { numberOf } from '../platform/input.ts';

const mailLevels = ['each', 'daily', 'weekly', 'none'] as const;

/** How often somebody wants mail of what they are told. */
export const MailLevel = z.object({ level: z.enum(mailLevels, { error: 'Choose how often we write to you.' }) });

/** What was seen: everything, what one ticket has told, or one thing. */
export const Seen = z.object({ ticket: numberOf.optional(), about: z.string().max(80).optional() });

/** The key of an unsubscribe link. */
export const Unsubscription = z.object({ person: z.string().max(80), key: z.string().max(200) });
