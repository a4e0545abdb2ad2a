import { and, eq } from 'drizzle-orm';
import { logged } from '../moderation/stating.ts';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { moderator } from './access.ts';
import { VersionHiding } from './input.ts';
import { versionToHide } from './queries.ts';
import { postVersions } from './schema.ts';

/** Takes one thing that a post said before from everyone but moderators, with a reason that stands in its place; or gives it back. */
export const hideVersion = operation({
  name: 'posts.hide-version',
  input: VersionHiding,
  subject: ({ post, version }) => versionToHide(post, version),
  may: moderator,
  decide(setting, { post, version, hidden, reason }, found) {
    const { db, viewer, now } = setting;
    if (hidden && reason === '') throw invalid({ reason: 'Say why.' });
    if (hidden === (found.hiddenAt !== null)) return { statements: [], events: [], result: { post, version, hidden } };
    const is = hidden ? { hiddenAt: now, hiddenBy: viewer.id, hiddenWhy: reason } : { hiddenAt: null, hiddenBy: null, hiddenWhy: '' };
    return {
      statements: [
        db.update(postVersions).set(is).where(and(eq(postVersions.postId, post), eq(postVersions.number, version))),
        logged(setting, { action: hidden ? 'version_hidden' : 'version_shown', categoryId: found.categoryId }),
      ],
      events: [{ type: hidden ? 'post.version_hidden' : 'post.version_shown', subject: post, revision: found.revision + 1, data: { version, ...(reason ? { reason } : {}) } }],
      result: { post, version, hidden },
    };
  },
});
