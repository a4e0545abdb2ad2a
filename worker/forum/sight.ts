import type { Sight } from '../platform/portal.ts';
import { type Asking, asked, written } from '../platform/statement.ts';
import { NOTHING, type Viewer } from '../platform/viewer.ts';
import { areAllOpen, isLetInEverywhere, sightOf } from './access.ts';

/** People of whom it is remembered. */
const MOST = 10_000;

/** What was hidden from people, and from visitors, when they last looked. Only a guess to build queries with; it stays here, since what is hidden is nothing to tell a browser. */
const lately = new Map<string, string>();

const nameOf = ({ id }: Viewer) => id ?? 'visitor';

/** Somebody, with what was hidden from them when they last looked. */
export const known = (viewer: Viewer): Viewer => ({ ...viewer, hidden: lately.get(nameOf(viewer)) ?? null });

function remember(viewer: Viewer, found: string): void {
  const name = nameOf(viewer);
  lately.delete(name);
  lately.set(name, found);
  if (lately.size > MOST) lately.delete(lately.keys().next().value!);
}

/** Whether no category was closed to anybody when somebody last looked: then that alone is asked again, which takes libSQL a fifth of the time. */
let wereAllOpen = false;

const hidden = written(
  () => ({}),
  (db, viewer) => sightOf(db, viewer),
);
const open = written(
  () => ({}),
  (db) => areAllOpen(db),
);

/** Whether it is enough to ask, for somebody, whether all categories are open. */
export const asksIfOpen = (viewer: Viewer): boolean => !isLetInEverywhere(viewer) && wereAllOpen && viewer.hidden === NOTHING;

/**
 * Tells the portal which categories are hidden from somebody, in the batch that asks for what they see: queries name those instead of finding out
 * each for itself, which takes libSQL longer than the rest of a page, and name none where none is hidden.
 */
export const sight: Sight = { asking: (db, viewer) => (isLetInEverywhere(viewer) ? undefined : asked((asksIfOpen(viewer) ? open : hidden)(db, viewer))), read };

/** The same, where another statement of the batch may tell beside whether all categories are open: `beside` is that statement as it is asked, where it does. */
export const sightBeside = (beside: () => Asking | undefined): Sight => ({ ...sight, asking: (db, viewer) => (asksIfOpen(viewer) ? beside() : undefined) ?? sight.asking(db, viewer) });

function read([row]: unknown[], viewer: Viewer): string | null {
  const { hidden: found, areAllOpen: isOpen } = row as { hidden?: string; areAllOpen: boolean };
  wereAllOpen = isOpen;
  const known = found ?? (isOpen ? NOTHING : null);
  if (known !== null) remember(viewer, known);
  return known;
}
