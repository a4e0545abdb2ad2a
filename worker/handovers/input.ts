import { z } from 'zod';
import { body, line, numberOf, tags } from '../platform/input.ts';

export const Taken = z.object({ post: z.string().max(80) });

/** A ticket's number, and all that the topic will say: nothing is taken over but this. */
export const Published = z.object({
  number: numberOf,
  category: z.string({ error: 'Choose a category.' }).min(1, 'Choose a category.').max(80, 'Choose a category.'),
  title: line(200, 'Write a title.', 'Keep the title under 200 characters.'),
  tags,
  question: body,
  answer: body,
});
