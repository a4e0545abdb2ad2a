import { z } from 'zod';
import { body, line, numberOf } from '../platform/input.ts';

export const NewIdea = z.object({ title: line(200, 'Write a title.', 'Keep the title under 200 characters.'), body });

export const IdeaVote = z.object({ number: numberOf, isFor: z.boolean() });
