import { expect, test } from 'vitest';
import type { Operation } from '../worker/platform/operation.ts';
import { permissionsOf } from '../worker/platform/permissions.ts';
import { roles, type Viewer, visitor } from '../worker/platform/viewer.ts';

const modules = import.meta.glob<Record<string, unknown>>(['../worker/*/*.ts', '!../worker/{platform,database,local,data}/*.ts', '!../worker/*/{room,api}.ts'], { eager: true });

const operations = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter((value): value is Operation<unknown, unknown, unknown> => typeof value === 'object' && value !== null && 'decide' in value)
  .sort((a, b) => a.name.localeCompare(b.name));

const someone = (role: Viewer['role'], more: Partial<Viewer> = {}): Viewer => ({ ...visitor, id: 'usr_me', role, accountId: role === 'customer' ? 'acc_mine' : null, permissions: permissionsOf[role], ...more });
const columns: [string, Viewer][] = [['visitor', visitor], ['customer', someone('customer')], ['account admin', someone('customer', { accountRole: 'admin' })], ...roles.slice(1).map((role): [string, Viewer] => [role.replace('_', ' '), someone(role)])];

/** Something of a stranger's; the same thing of one's own account; one's own. */
const foreign = { id: 'x', requesterId: 'usr_x', authorId: 'usr_x', accountId: 'acc_x', categoryId: 'cat_x', number: 1 };
const ofAccount = { ...foreign, accountId: 'acc_mine' };
const own = { ...ofAccount, id: 'usr_me', requesterId: 'usr_me', authorId: 'usr_me' };

function cell({ may }: Operation<unknown, unknown, unknown>, viewer: Viewer): string {
  if (may.allows(viewer, foreign)) return 'yes';
  if (viewer.accountRole === 'admin' && may.allows(viewer, ofAccount)) return 'account';
  return may.allows(viewer, own) ? 'own' : '';
}

test('who may do what', async () => {
  const table = operations.map((op) => [op.name, ...columns.map(([, viewer]) => cell(op, viewer)), op.may.label]);
  const lines = [['operation', ...columns.map(([name]) => name), 'rule'], Array.from({ length: columns.length + 2 }, () => '---'), ...table].map((row) => `| ${row.join(' | ')} |`);
  const legend = '`yes`: of anybody’s; `account`: of their account’s; `own`: of their own; empty: never. Custom roles have a list of permissions instead of a column.';
  await expect([legend, '', ...lines, ''].join('\n')).toMatchFileSnapshot('./permissions.md');
});
