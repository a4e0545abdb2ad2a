import type { Viewer } from '../../worker/platform/viewer.ts';
import { t, type Locale } from '../messages/index.ts';

/** The groups that somebody may give a new ticket to, as options of a field: who sees tickets of some groups only has to choose one of these. Empty where there are none. */
export function groupPlaces(viewer: Viewer, groups: { id: string; name: string }[], locale: Locale): [id: string, name: string][] {
  const own = groups.filter(({ id }) => viewer.scopes.groups?.includes(id) ?? true);
  return own.length === 0 ? [] : [...(viewer.scopes.groups ? [] : [['', t(locale).views.noGroup] as [string, string]]), ...own.map(({ id, name }): [string, string] => [id, name])];
}
