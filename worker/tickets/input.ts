import { z } from 'zod';
import { attached } from '../attachments/schema.ts';
import { Answering } from '../forms/schema.ts';
import { body, email, line, numberOf, said, tags, ticked } from '../platform/input.ts';
import { locales } from '../platform/viewer.ts';
import { answered, priorities, statuses } from './schema.ts';

export { answered, priorities, statuses };

/** An empty field of a form says nothing. */

const priority = z.enum(priorities, { error: 'Choose a priority from the list.' });
const STATUS = 'Choose a status from the list.';
/** One of these, or the id of a status in own words. */
const statusOf = <const S extends readonly [string, ...string[]]>(list: S) => z.union([z.enum(list), z.templateLiteral(['sts_', z.string().regex(/^\w{1,76}$/)])], { error: STATUS });
const status = statusOf(statuses);

const subject = line(200, 'Say it in a few words.', 'Keep the subject under 200 characters.');

/** `email` is for people who are not signed in; of others it is ignored. `form` is an id, or nothing for the one for everybody; `fields` are answers to its questions. `locale` is the language of the page they wrote on. */
export const NewTicket = z.object({
  subject,
  body,
  email: said(email),
  priority: said(priority),
  form: said(z.string().max(80)),
  fields: Answering,
  attachments: attached,
  locale: z.enum(locales).default('en'),
  /** Where the request came from, as far as we know. */
  network: z.string().default('unknown'),
});

/**
 * A ticket that staff open for a customer, whose address is `requester`; `name` and `locale` are of somebody who is new here. `visibility` says what `body` is: a message to them, or a note of what
 * they said. `assignee` is a person's id or `me`, `group` a group's id.
 */
export const TicketFor = NewTicket.pick({ subject: true, body: true, priority: true, form: true, fields: true, attachments: true }).extend({
  requester: email,
  name: said(line(80, 'Enter a name.', 'Keep the name under 80 characters.')),
  locale: said(z.enum(locales)),
  visibility: z.enum(['public', 'internal'], { error: 'Choose whether the customer sees this.' }).default('public'),
  assignee: said(z.string().regex(/^\w{0,80}$/, 'Choose someone from the list.')),
  group: said(z.string().regex(/^\w{0,80}$/, 'Choose a group from the list.')),
  tags,
});

/** A ticket among staff. `group`, by id, is whom it is for; `assignee` is a person’s id or `me`. */
export const InternalTicket = TicketFor.pick({ subject: true, body: true, priority: true, assignee: true, group: true });

/** Who asks a ticket from now on, by address; `name` and `locale` are of somebody who is new here. `keep` leaves who asked it until now copied; `revision` is the one that was on the screen. */
export const NewRequester = TicketFor.pick({ requester: true, name: true, locale: true }).extend({
  number: numberOf,
  keep: ticked.default(false),
  revision: said(z.coerce.number().int().nonnegative()),
});

/**
 * `seen` is the number, as the writer counts them, of the newest message that the writer had on the screen. `hold` asks that what staff write can be taken back for a while.
 * `macro` is the one it was written with; what that changes of the ticket comes along as `priority`, `assignee` and `tags`.
 */
export const NewReply = z.object({
  number: numberOf,
  body,
  visibility: z.enum(['public', 'internal'], { error: 'Choose whether the customer sees this.' }).default('public'),
  status: said(statusOf(answered)),
  seen: said(z.coerce.number().int().nonnegative()),
  attachments: attached,
  hold: ticked.default(false),
  macro: said(z.string().max(80)),
  priority: said(priority),
  assignee: said(z.enum(['me', 'nobody'], { error: 'Choose someone from the list.' })),
  tags: z.preprocess((value) => (value === null ? undefined : value), tags.optional()),
});

/** What is held, by the id it will have. */
export const OneHeld = z.object({ number: numberOf, id: z.string().max(80) });

/** The same that is sent now: `seen` is the number of the newest message that its writer had on the screen. */
export const HeldToSend = OneHeld.extend({ seen: said(z.coerce.number().int().nonnegative()) });

/** Until when a ticket is out of sight: a choice, or, for `day`, the day `YYYY-MM-DD`. `close` closes it then. */
export const Snooze = z.object({
  number: numberOf,
  until: z.enum(['tomorrow', 'monday', 'day', 'reply', 'linked'], { error: 'Choose until when.' }),
  day: said(z.iso.date('Choose a day.')),
  close: ticked.default(false),
});

/** Somebody who is copied, by address. */
export const Copied = z.object({ number: numberOf, email });
export const NoMoreCopied = z.object({ number: numberOf, person: z.string().max(80) });

/** Whether the viewer wants to hear of everything in a ticket. */
export const Watching = z.object({ number: numberOf, watching: ticked });

const SECONDS = 'Write a whole number from 0 to 60.';
const seconds = z.union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)], { error: SECONDS }).pipe(z.number().int(SECONDS).min(0, SECONDS).max(60, SECONDS));

/** How many seconds a reply to the customer and a note can be taken back; 0 sends it at once. What is left out stays. */
export const UndoTimes = z.object({ reply: seconds.optional(), note: seconds.optional() });

const DAYS = 'Write a whole number from 4 to 28.';

/** Days in which a solved ticket can be reopened, by either side; then it is closed. */
export const ReopenTime = z.object({ days: z.coerce.number({ error: DAYS }).int(DAYS).min(4, DAYS).max(28, DAYS) });

export const OneTicket = z.object({ number: numberOf });

/** What is left out stays. `status` is a kind, or the id of one in own words. `assignee` is a person's id, `me`, or nothing for nobody; `group` is a group's id, or nothing for none; `revision` is the one that was on the screen. */
export const TicketChange = z.object({
  number: numberOf,
  subject: subject.optional(),
  status: said(status),
  priority: said(priority),
  assignee: z.string().regex(/^\w{0,80}$/, 'Choose someone from the list.').nullish(),
  group: z.string().regex(/^\w{0,80}$/, 'Choose a group from the list.').nullish(),
  tags: z.preprocess((value) => value ?? '', tags).optional(),
  revision: said(z.coerce.number().int().nonnegative()),
});

/** The queue's filters, as the address holds them. What is unknown is ignored. `assignee` is a handle, `me` or `none`; `group` an id, `mine` or `none`. */
export const QueueFilters = z.object({
  status: z.enum(statuses).optional().catch(undefined),
  assignee: z.string().max(80).optional().catch(undefined),
  priority: z.enum(priorities).optional().catch(undefined),
  /** What is out of sight for now, instead of what is not. */
  snoozed: z.literal('1').optional().catch(undefined),
  group: z.string().max(80).optional().catch(undefined),
  after: z.string().max(400).optional().catch(undefined),
});

export type Filters = z.infer<typeof QueueFilters>;

/** A customer's list: theirs, their whole account's, or what they are copied on; open or done. */
export const ListFilters = z.object({
  state: z.enum(['open', 'solved']).catch('open'),
  whose: z.enum(['mine', 'account', 'copied']).catch('mine'),
  /** Words that the tickets hold. */
  q: z.string().trim().max(200).optional().catch(undefined),
  after: z.string().max(400).optional().catch(undefined),
});
