import { STAFF_SQL } from '../platform/viewer.ts';

/** Whether the person `u` works on tickets and may see this one: a role of the workspace’s own may be confined to groups, or not see tickets at all. SQL. */
export const seesAtDesk = (ticket: 't' | 'tk') => `u.role in ${STAFF_SQL} and not exists (select 1 from roles r where r.id = u.role_id
  and (not exists (select 1 from json_each(r.permissions) where value = 'tickets.see') or (r.scopes -> '$.groups' is not null and coalesce(${ticket}.group_id, '') not in (select value from json_each(r.scopes, '$.groups')))))`;
