import { proofOfWatcher } from '../people/sessions.ts';
import { eyesOf } from '../platform/eyes.ts';
import { Lines, type News, type Present, type Watching } from '../platform/lines.ts';
import type { Portal } from '../platform/portal.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { newsOfTicket, newTickets } from './live.ts';

/** The people who have one ticket before them, or, by the number 0, the queue. They are told how many messages, or tickets, are new, as far as they see them; staff are told which colleagues are here too. */
export class TicketRoom extends Lines {
  protected override eyes(viewer: Viewer, session: string): Portal {
    return eyesOf(this.env, viewer, proofOfWatcher(session, 'UTC'));
  }

  protected override async news(eyes: Portal, { number, seen }: Watching): Promise<News> {
    if (number > 0) return (await eyes.load(newsOfTicket(number, seen)))[0];
    return (await eyes.load(newTickets(seen)))[0];
  }

  protected override present(viewer: Viewer): Present | null {
    return can(viewer, 'tickets.see') && viewer.viewedBy === null ? { id: viewer.id!, name: viewer.name } : null;
  }
}
