import { z } from 'zod';
import { line } from '../platform/input.ts';
import { permissions, roles } from '../platform/permissions.ts';

/** The built-in roles that a custom one can stand on. Whoever is an admin is one wholly. */
export const bases = roles.filter((role) => role !== 'admin');

const places = (wrong: string) => z.array(z.string().max(80), wrong).max(100, wrong).default([]).transform((list) => [...new Set(list)].filter(Boolean).sort());

/** `categories` are ids of the forum's, `groups` of agents': none means that its `forum.moderate` counts everywhere, and that it sees every ticket. */
export const NewRole = z.object({
  name: line(60, 'Give the role a name.', 'Keep the name under 60 characters.'),
  base: z.enum(bases, { error: 'Choose a role to start from.' }),
  permissions: z.array(z.enum(permissions, { error: 'Choose permissions from the list.' }), 'Choose permissions from the list.').max(permissions.length).default([]).transform((list) => [...new Set(list)].sort()),
  categories: places('Choose categories from the list.'),
  groups: places('Choose groups from the list.'),
});

export const RoleChange = NewRole.extend({ id: z.string().max(80) });

export const OneRole = z.object({ id: z.string().max(80) });
