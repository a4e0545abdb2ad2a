import { z } from 'zod';
import { attached } from '../attachments/schema.ts';
import { body, line, numberOf, tags } from '../platform/input.ts';

export const kinds = ['question', 'discussion', 'problem', 'announcement'] as const;

export const NewTopic = z.object({
  title: line(200, 'Write a title.', 'Keep the title under 200 characters.'),
  category: z.string({ error: 'Choose a category.' }).min(1, 'Choose a category.').max(80, 'Choose a category.'),
  body,
  tags,
  kind: z.enum(kinds, { error: 'Choose one of the kinds.' }).default('question'),
  attachments: attached,
});

/** What is left out stays. `revision` is the one that was seen. */
export const TopicChange = z.object({
  number: numberOf,
  category: NewTopic.shape.category.optional(),
  title: NewTopic.shape.title.optional(),
  tags: z.preprocess((value) => value ?? '', tags).optional(),
  kind: z.enum(kinds, { error: 'Choose one of the kinds.' }).optional(),
  revision: z.int().nonnegative().optional(),
});

export const TopicVote = z.object({ number: numberOf, isFor: z.boolean() });

export const NewPost = z.object({ number: numberOf, body, attachments: attached });

export const Acceptance = z.object({ number: numberOf, post: z.string().max(80) });
