import { proofOfWatcher } from '../people/sessions.ts';
import { eyesOf } from '../platform/eyes.ts';
import { Lines, type News, type Present, type Watching } from '../platform/lines.ts';
import type { Portal } from '../platform/portal.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { changedSince } from './face.ts';
import { firstOfView, movedIn, newsOfTicket, newTickets, type Shown } from './live.ts';

/** The people who have one ticket before them, or, by the number 0, the queue or a view of it. They are told how many messages, or tickets, are new, as far as they see them; staff are told which colleagues are here too, and what these write. What else became different since their page was drawn, they are told by name, and of what it shows as held what became of that. */
export class TicketRoom extends Lines {
  protected override eyes(viewer: Viewer, session: string): Portal {
    return eyesOf(this.env, viewer, proofOfWatcher(session, 'UTC'));
  }

  protected override async news(eyes: Portal, { number, seen, known = '', held: shown = [], shown: view }: Watching): Promise<News> {
    if (view) return movedIn(view as Shown, (await eyes.load(firstOfView(view as Shown, Date.now())))[0].numbers);
    if (number === 0) return (await eyes.load(newTickets(seen)))[0];
    const [ticket] = await eyes.load(newsOfTicket(number, seen, shown));
    const { count, first, room, held } = ticket;
    const changed = changedSince(known, ticket, can(eyes.viewer, 'tickets.see'));
    return { count, first, room, ...(Object.keys(held).length > 0 ? { held } : {}), ...(changed ? { changed } : {}) };
  }

  protected override present(viewer: Viewer): Present | null {
    return can(viewer, 'tickets.see') && viewer.viewedBy === null ? { id: viewer.id!, name: viewer.name } : null;
  }
}
