import type { View } from '../../worker/views/defaults.ts';
import { fields } from '../../worker/views/input.ts';

/** A condition as it is being written: nothing of it has to be right yet. */
export interface DraftRow {
  field: (typeof fields)[number];
  is: string;
  values: string[];
  hours: string;
}

export interface Draft {
  match: string;
  groups: { match: string; rows: DraftRow[] }[];
}

export const isTimed = (field: string) => field === 'age' || field === 'waiting' || field === 'silence';

const emptyRow = (field: string): DraftRow => {
  const known = fields.find((one) => one === field) ?? 'state';
  return { field: known, is: isTimed(known) ? 'over' : 'is', values: known === 'state' ? ['open'] : [], hours: '24' };
};

const text = (value: unknown) => (typeof value === 'string' ? value : '');

const valuesIn = (value: unknown) => (Array.isArray(value) ? value.map(String) : text(value).split(',')).map((one) => one.trim()).filter(Boolean);

/** A kept condition as a draft; of a new view, open tickets. */
export const draftFrom = (view?: Pick<View, 'condition'>): Draft =>
  view ? { match: view.condition.match, groups: view.condition.groups.map(({ match, rows }) => ({ match, rows: rows.map((row) => ({ ...emptyRow(row.field), is: row.is, ...('values' in row ? { values: row.values } : { hours: String(row.hours) }) })) })) } : { match: 'all', groups: [{ match: 'all', rows: [emptyRow('state')] }] };

/** What a form holds, after the button that was pressed: `add-0` adds a row to the first group, `drop-0-1` removes its second, `group` adds a group. */
export function draftIn(form: Record<string, unknown>): Draft {
  const groups: Draft['groups'] = [];
  for (let g = 0; g < 4 && `match-${g}` in form; g++) {
    const rows: DraftRow[] = [];
    for (let r = 0; r < 12 && `field-${g}-${r}` in form; r++) rows.push({ ...emptyRow(text(form[`field-${g}-${r}`])), is: text(form[`is-${g}-${r}`]), values: valuesIn(form[`value-${g}-${r}`]), hours: text(form[`hours-${g}-${r}`]) });
    groups.push({ match: text(form[`match-${g}`]), rows });
  }
  return { match: text(form['match']), groups: pressed(groups, text(form['action']), form) };
}

function pressed(groups: Draft['groups'], action: string, form: Record<string, unknown>): Draft['groups'] {
  const [, verb, g = '', r = ''] = /^(add|drop|group)(?:-(\d))?(?:-(\d+))?$/.exec(action) ?? [];
  if (verb === 'group' && groups.length < 4) return [...groups, { match: 'all', rows: [emptyRow('state')] }];
  const changed = groups.map((group, i) => {
    if (i !== Number(g)) return group;
    if (verb === 'add') return { ...group, rows: [...group.rows, emptyRow(text(form[`new-${g}`]))] };
    return verb === 'drop' ? { ...group, rows: group.rows.filter((_, row) => row !== Number(r)) } : group;
  });
  return changed.filter(({ rows }, i) => rows.length > 0 || i === 0);
}

/** A draft as the operation takes it. */
export const conditionIn = ({ match, groups }: Draft) => ({
  match,
  groups: groups.map((group) => ({ match: group.match, rows: group.rows.map(({ field, is, values, hours }) => (isTimed(field) ? { field, is, hours } : { field, is, values })) })),
});
