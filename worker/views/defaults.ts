import type { Column, Condition, Row, Sort } from './schema.ts';

export type { Condition };

/** A view as it is listed. */
export interface View {
  id: string;
  /** Empty for those that came with the workspace, until somebody names them. */
  name: string;
  ownerId: string | null;
  groupId: string | null;
  condition: Condition;
  columns: Column[];
  sort: Sort;
  position: number;
}

const all = (...rows: Row[]): Condition => ({ match: 'all', groups: [{ match: 'all', rows }] });
const isOpen: Row = { field: 'state', is: 'is', values: ['open'] };

const view = (id: string, condition: Condition, position: number, more: Partial<View> = {}): View => ({
  id, name: '', ownerId: null, groupId: null, condition, columns: ['requester', 'account', 'waiting', 'priority', 'status', 'assignee'], sort: 'priority', position, ...more,
});

const MINE: Column[] = ['requester', 'account', 'waiting', 'priority', 'status'];

/** The views that every workspace begins with, as its first migration of them wrote them: what a worker that knows no better asks by. */
export const defaultViews: View[] = [
  view('mine', all(isOpen, { field: 'assignee', is: 'is', values: ['me'] }), 10, { columns: MINE }),
  view('unassigned', all(isOpen, { field: 'assignee', is: 'is', values: ['nobody'] }), 20, { columns: MINE }),
  view('waiting', all(isOpen, { field: 'turn', is: 'is', values: ['us'] }), 30),
  view('pending', all({ field: 'status', is: 'is', values: ['pending'] }), 40),
  view('solved', all({ field: 'state', is: 'is', values: ['done'] }), 50, { columns: ['requester', 'account', 'priority', 'status', 'assignee'], sort: 'solved' }),
  view('open', all(isOpen), 60),
  view('asleep', all({ field: 'state', is: 'is', values: ['asleep'] }), 70),
];
