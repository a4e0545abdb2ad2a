import { z } from 'zod';
import { line } from '../platform/input.ts';
import { permissions, roles } from '../platform/permissions.ts';

/** The built-in roles that a custom one can stand on. Whoever is an admin is one wholly. */
export const bases = roles.filter((role) => role !== 'admin');

/** `categories` are ids of the forum's; none means that its `forum.moderate` counts everywhere. */
export const NewRole = z.object({
  name: line(60, 'Give the role a name.', 'Keep the name under 60 characters.'),
  base: z.enum(bases, { error: 'Choose a role to start from.' }),
  permissions: z.array(z.enum(permissions, { error: 'Choose permissions from the list.' }), 'Choose permissions from the list.').max(permissions.length).default([]).transform((list) => [...new Set(list)].sort()),
  categories: z.array(z.string().max(80), 'Choose categories from the list.').max(100, 'Choose categories from the list.').default([]).transform((list) => [...new Set(list)].filter(Boolean).sort()),
});

export const RoleChange = NewRole.extend({ id: z.string().max(80) });

export const OneRole = z.object({ id: z.string().max(80) });
