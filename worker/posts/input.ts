import { z } from 'zod';
import { attached } from '../attachments/schema.ts';
import { voteValues } from '../ideas/schema.ts';
import { flagKinds } from '../moderation/schema.ts';
import { body, line, remark, tags } from '../platform/input.ts';

const post = z.string().max(80);
const reason = z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), line(500, 'Say why.', 'Keep it under 500 characters.').optional());

/**
 * What is left out stays; title and tags are those of the topic, with its first post. `revision` is the one that was seen. With `back` it says again what it said in that
 * version, title and text, as far as they are not said here. */
export const PostEdit = z.object({
  post,
  body: body.optional(),
  title: line(200, 'Write a title.', 'Keep the title under 200 characters.').optional(),
  tags: z.preprocess((value) => value ?? '', tags).optional(),
  attachments: attached,
  revision: z.coerce.number().int().nonnegative().optional(),
  back: z.coerce.number().int().positive().optional(),
});

/** `version` is the number of what a post said before. */
export const VersionHiding = z.object({ post, version: z.coerce.number().int().positive(), hidden: z.preprocess((value) => value === true || value === 'yes', z.boolean()), reason: remark(500, 'Keep it under 500 characters.') });

/** `code` is the rule that a moderator removes it by. */
export const PostRemoval = z.object({ post, reason, code: z.enum(flagKinds, { error: 'Choose a reason.' }).default('other') });

export const PostVote = z.object({ post, value: z.enum(voteValues, { error: 'Vote up, down, or not at all.' }) });
