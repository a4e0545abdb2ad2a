import type { LineOf, WrittenLine } from '../../data/line.ts';
import type { Clock } from './clock.ts';

/** Who answers, hours after the one before, what; `✓` before the name accepts it. */
export type Said = [who: string, hours: number, body: string];

type Kind = LineOf<'topic'>['kind'];

/** A topic with its replies. */
export function topic(clock: Clock, id: string, category: string, author: string, days: number, kind: Kind, title: string, tags: string[], body: string, replies: Said[] = []): WrittenLine[] {
  let hours = 0;
  return [
    { type: 'topic', id, category, author, title, body, tags, kind, createdAt: clock.ago(days) },
    ...replies.map(([who, later, text], i): WrittenLine => {
      hours += later;
      return { type: 'post', id: `${id}-${i + 1}`, topic: id, author: who.replace('✓', ''), body: text, createdAt: clock.ago(days, -hours), ...(who.startsWith('✓') ? { accepted: true } : {}) };
    }),
  ];
}

type Ticket = Pick<LineOf<'ticket'>, 'status' | 'priority'> & { assignee?: string; tags?: string[] };

/** A ticket with its messages; a name after `note:` writes an internal note. */
export function ticket(clock: Clock, id: string, requester: string, days: number, subject: string, { status, priority, assignee, tags = [] }: Ticket, messages: Said[]): WrittenLine[] {
  let hours = 0;
  const said = messages.map(([who, later, body], i): WrittenLine => {
    hours += later;
    const internal = who.startsWith('note:');
    return { type: 'message', id: `${id}-${i + 1}`, ticket: id, author: who.replace('note:', ''), body, visibility: internal ? 'internal' : 'public', createdAt: clock.ago(days, -hours) };
  });
  const solved = status === 'solved' || status === 'closed';
  return [
    { type: 'ticket', id, requester, subject, status, priority, tags, createdAt: clock.ago(days), ...(assignee ? { assignee } : {}), ...(solved ? { solvedAt: clock.ago(days, -hours) } : {}) },
    ...said,
  ];
}
