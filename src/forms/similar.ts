import type { AstroGlobal } from 'astro';
import { myRoom } from '../../worker/attachments/queries.ts';
import { draftOf } from '../../worker/drafts/queries.ts';
import { NewTopic } from '../../worker/forum/input.ts';
import { allCategories } from '../../worker/forum/queries.ts';
import { similarIdeas } from '../../worker/ideas/queries.ts';
import { voteOnIdea } from '../../worker/ideas/vote.ts';
import { withMeant } from '../../worker/search/fuse.ts';
import { MOST_OFFERED, similarTo } from '../../worker/search/queries.ts';
import { spelled } from '../../worker/spelling/queries.ts';
import { allTagGroups } from '../../worker/tags/queries.ts';
import { filesOf, formOf } from './submit.ts';

/**
 * What is there already of a topic that is about to be published for the first time, and which ideas ask for the same: looked for together with what
 * the form needs, in one round trip, and in a second by the title that was probably meant, if that is another. Nothing is, when the form was not sent,
 * is not complete, or was sent with `anyway`; then nothing is asked. A form sent by a button that votes for one of the ideas (`vote`, or `unvote`,
 * with its number) does that, and keeps everything else.
 */
export async function similarFor(astro: AstroGlobal) {
  const { request, locals: { portal, locale } } = astro;
  if (request.method !== 'POST') return undefined;
  const form = await formOf(request);
  const topic = NewTopic.safeParse(form);
  const [voted] = (['vote', 'unvote'] as const).filter((name) => form[name] !== undefined);
  if (!topic.success || (form['anyway'] !== undefined && !voted)) return undefined;
  const { all: kept } = await filesOf(astro);
  if (voted) await portal.run(voteOnIdea, { number: form[voted], isFor: voted === 'vote' });
  const ask = (title: string) => similarTo(title, locale);
  const [typed, meant, ideas, ...loaded] = await portal.load(ask(topic.data.title), spelled(topic.data.title), similarIdeas(topic.data.title), allCategories(), draftOf(undefined), allTagGroups(), myRoom());
  const { hits } = await withMeant(portal, { q: topic.data.title, typed, meant }, ask, MOST_OFFERED);
  return { similar: hits, ideas, voted, loaded, kept, values: Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)])) };
}
