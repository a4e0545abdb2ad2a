import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const kb = defineCollection({
  loader: glob({ base: './content/kb', pattern: '**/*.md', generateId: ({ entry }) => entry.replace(/\.md$/, '') }),
  schema: z.object({
    title: z.string(),
    summary: z.string(),
    order: z.number().default(0),
    icon: z.string().default('book'),
    updated: z.coerce.date().optional(),
    /** For whom it is written; of a category's own page: whose articles say nothing else. */
    audience: z.enum(['everyone', 'team']).optional(),
    related: z.array(z.string()).default([]),
  }),
});

export const collections = { kb };
