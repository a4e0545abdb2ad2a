import type { z } from 'zod';
import type { Scopes } from '../platform/permissions.ts';
import { invalid } from '../platform/refusal.ts';
import { holds, type Viewer } from '../platform/viewer.ts';
import type { NewRole } from './input.ts';

interface Found {
  /** Id of the role that has this name. */
  taken: string | null;
  /** How many of the categories there are. */
  categories: number;
  /** The same of the groups. */
  groups: number;
}

/** A role as it will be kept. Refused when its name is another's, when a category or group does not exist, or when it gives what its maker does not hold. */
export function checked(viewer: Viewer, { name, base, permissions, categories, groups }: z.infer<typeof NewRole>, found: Found, id?: string) {
  if (found.taken !== null && found.taken !== id) throw invalid({ name: 'There is a role with this name already.' });
  if (found.categories !== categories.length) throw invalid({ categories: 'Choose categories from the list.' });
  if (found.groups !== groups.length) throw invalid({ groups: 'Choose groups from the list.' });
  if (!holds(viewer, permissions)) throw invalid({ permissions: 'You cannot give what you do not hold.' });
  const scopes: Scopes = { ...(categories.length > 0 ? { categories } : {}), ...(groups.length > 0 ? { groups } : {}) };
  return { name, base, permissions, scopes };
}
