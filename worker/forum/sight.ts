import type { Sight } from '../platform/portal.ts';
import { asked, written } from '../platform/statement.ts';
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

/**
 * Tells the portal which categories are hidden from somebody, in the batch that asks for what they see: queries name those instead of finding out
 * each for itself, which takes libSQL longer than the rest of a page, and name none where none is hidden.
 */
export const sight: Sight = {
  asking(db, viewer) {
    if (isLetInEverywhere(viewer)) return undefined;
    return asked((wereAllOpen && viewer.hidden === NOTHING ? open : hidden)(db, viewer));
  },
  read([row], viewer) {
    const { hidden: found, areAllOpen: isOpen } = row as { hidden?: string; areAllOpen: boolean };
    wereAllOpen = isOpen;
    const known = found ?? (isOpen ? NOTHING : null);
    if (known !== null) remember(viewer, known);
    return known;
  },
};
