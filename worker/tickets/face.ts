/** What a page shows of a ticket beside its messages, and tells of when it becomes something else: customers the first alone. */
const shown = ['subject', 'status', 'priority', 'group', 'assignee', 'tags'] as const;
type Shown = (typeof shown)[number];

interface Face {
  subject: string;
  status?: string;
  statusId?: string | null;
  priority?: string;
  groupId?: string | null;
  assigneeId?: string | null;
  tags?: string[];
}

const partsIn = (ticket: Face): Record<Shown, unknown> => ({ subject: ticket.subject, status: [ticket.status, ticket.statusId], priority: ticket.priority, group: ticket.groupId, assignee: ticket.assigneeId, tags: ticket.tags });

/** Characters of each part of a face. */
const PART = 6;

/** Six letters that tell whether a text became another, and guard nothing (FNV-1a; Fowler, Noll and Vo). */
function lettersOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36).padStart(PART, '0').slice(-PART);
}

/** What a page shows of a ticket, as its line says it: a short hash of each part, in one word. `of` are the parts that the page shows. */
export const faceOf = (ticket: Face, of: readonly Shown[] = shown): string => of.map((name) => lettersOf(JSON.stringify(partsIn(ticket)[name] ?? null))).join('');

/** The parts that are not as a page shows them: of the subject with what it is now. Undefined where all are. */
export function changedSince(known: string, ticket: Face, isStaff: boolean): Record<string, string | null> | undefined {
  const now = faceOf(ticket);
  const differ = (isStaff ? shown : shown.slice(0, 1)).filter((_, i) => known.length >= (i + 1) * PART && known.slice(i * PART, (i + 1) * PART) !== now.slice(i * PART, (i + 1) * PART));
  return differ.length > 0 ? Object.fromEntries(differ.map((name) => [name, name === 'subject' ? ticket.subject : null])) : undefined;
}
