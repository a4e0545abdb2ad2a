import { z } from 'zod';
import { body, email, line, numberOf, tags } from '../platform/input.ts';
import { locales } from '../platform/viewer.ts';
import { priorities, statuses } from './schema.ts';

export { priorities, statuses };

/** An empty field of a form says nothing. */
const said = <T extends z.ZodType>(type: T) => z.preprocess((value) => (value === '' || value === null ? undefined : value), type.optional());

const priority = z.enum(priorities, { error: 'Choose a priority from the list.' });
const status = z.enum(statuses, { error: 'Choose a status from the list.' });

/** Days in which a solved ticket can be reopened, by either side; then it is closed. */
export const REOPEN_DAYS = 14;

/** The statuses an answer can leave a ticket in. */
export const answered = ['pending', 'open', 'on_hold', 'solved'] as const;

/** `email` is for people who are not signed in; of others it is ignored. `locale` is the language of the page they wrote on. */
export const NewTicket = z.object({
  subject: line(200, 'Say it in a few words.', 'Keep the subject under 200 characters.'),
  body,
  email: said(email),
  priority: said(priority),
  locale: z.enum(locales).default('en'),
  /** Where the request came from, as far as we know. */
  network: z.string().default('unknown'),
});

/** A ticket among staff. */
export const InternalTicket = NewTicket.pick({ subject: true, body: true, priority: true });

/** `seen` is the number of the newest message that the writer had on the screen. */
export const NewReply = z.object({
  number: numberOf,
  body,
  visibility: z.enum(['public', 'internal'], { error: 'Choose whether the customer sees this.' }).default('public'),
  status: said(z.enum(answered, { error: 'Choose a status from the list.' })),
  seen: said(z.coerce.number().int().nonnegative()),
});

export const OneTicket = z.object({ number: numberOf });

/** What is left out stays. `assignee` is a person's id, `me`, or nothing for nobody; `revision` is the one that was on the screen. */
export const TicketChange = z.object({
  number: numberOf,
  status: said(status),
  priority: said(priority),
  assignee: z.string().regex(/^\w{0,80}$/, 'Choose someone from the list.').nullish(),
  tags: z.preprocess((value) => value ?? '', tags).optional(),
  revision: said(z.coerce.number().int().nonnegative()),
});

/** The queue's filters, as the address holds them. What is unknown is ignored. `assignee` is a handle, `me` or `none`. */
export const QueueFilters = z.object({
  status: z.enum(statuses).optional().catch(undefined),
  assignee: z.string().max(80).optional().catch(undefined),
  priority: z.enum(priorities).optional().catch(undefined),
  after: z.string().max(400).optional().catch(undefined),
});

export type Filters = z.infer<typeof QueueFilters>;

/** A customer's list: theirs or their whole account's, open or done. */
export const ListFilters = z.object({
  state: z.enum(['open', 'solved']).catch('open'),
  whose: z.enum(['mine', 'account']).catch('mine'),
  after: z.string().max(400).optional().catch(undefined),
});
