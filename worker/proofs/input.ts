import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { Credentials, From } from '../people/input.ts';
import { line } from '../platform/input.ts';

const code = z.string({ error: 'Enter the code.' }).trim().min(1, 'Enter the code.').max(40, 'This is too long for a code.').transform((text) => (/^[\d\s]+$/.test(text) ? text.replace(/\s/g, '') : text));

/** The secret of the session that they came with. */
const session = z.string().default('');

export const SecondStep = From.extend({ code, session });

/** Either will do. */
export const Again = From.extend({ session, code: z.string().trim().max(40, 'This is too long for a code.').default(''), password: z.string().max(1_000, 'This password is too long.').default('') });

export const Both = Credentials.extend({ code });

export const NewAuthenticator = From.extend({ session, code, seal: z.string().max(200) });

/** What a browser says of a passkey, as JSON. Its signature is checked later; here only that it has the shape. */
const credential = <Response>() =>
  z
    .string({ error: 'No passkey was chosen.' })
    .max(20_000, 'No passkey was chosen.')
    .transform((text, { issues }) => {
      const said = shapeOf(text);
      if (!said) issues.push({ code: 'custom', message: 'No passkey was chosen.', input: text });
      return said as Response & { id: string };
    });

function shapeOf(text: string): object | undefined {
  try {
    const said = JSON.parse(text) as { id?: unknown; response?: unknown } | null;
    return typeof said?.id === 'string' && said.id.length < 1_500 && typeof said.response === 'object' && said.response !== null ? said : undefined;
  } catch {
    return undefined;
  }
}

/** `challenge` is the cookie that came with the options, `url` the address of the workspace. */
const answering = From.extend({ session, challenge: z.string().optional(), url: z.string() });

export const PasskeyAnswer = answering.extend({ credential: credential<AuthenticationResponseJSON>() });

export const NewPasskey = answering.extend({ credential: credential<RegistrationResponseJSON>(), name: line(80, 'Give the passkey a name.', 'Keep the name under 80 characters.') });

export const OnePasskey = z.object({ id: z.string().max(1_500) });

export const Nothing = z.object({});

/** As a checkbox says it: there, or not. */
export const StaffRule = z.object({ required: z.string().optional().transform((value) => value !== undefined && value !== 'false') });
