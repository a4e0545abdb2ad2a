import { proofOfWatcher } from '../people/sessions.ts';
import { eyesOf } from '../platform/eyes.ts';
import { Lines, type News, type Watching } from '../platform/lines.ts';
import type { Portal } from '../platform/portal.ts';
import type { Viewer } from '../platform/viewer.ts';
import { newsOfTopic } from './records.ts';

/** The people who have one topic before them: they are told how many replies are new, and where the first is. */
export class TopicRoom extends Lines {
  protected override eyes(viewer: Viewer, session: string): Portal {
    return eyesOf(this.env, viewer, proofOfWatcher(session, 'UTC'));
  }

  protected override async news(eyes: Portal, { number, seen }: Watching): Promise<News> {
    const [news] = await eyes.load(newsOfTopic(number, seen));
    return news;
  }
}
