import { z } from 'zod';

const id = z.string().max(80);

export const OneAccount = z.object({ account: id });

/** Somebody of an account, by id. */
export const Seat = z.object({ account: id, person: id });

/** Somebody by id or e-mail address. */
export const NewSeat = z.object({ account: id, person: z.string({ error: 'Enter an e-mail address.' }).trim().min(1, 'Enter an e-mail address.').max(254, 'This e-mail address is too long.') });

export const SeatRole = Seat.extend({ role: z.enum(['member', 'admin'], { error: 'Choose member or admin.' }) });

/** `url` is the public address, for the letter that says so. */
export const Answer = Seat.extend({ approve: z.enum(['yes', 'no'], { error: 'Say yes or no.' }), url: z.url() });
