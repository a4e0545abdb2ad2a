import type { Database } from '../database/open.ts';
import { operation, type Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { DAY } from '../platform/time.ts';
import { HostAppChange, Nothing, OneSecret } from './input.ts';
import { hostApp } from './queries.ts';
import type { HostApp } from './schema.ts';

/** Milliseconds that the secret before goes on working when there is a new one. */
const OVERLAP = 7 * DAY;

const NONE: HostApp = { isOn: false, origin: null, jwks: null, makesAccounts: false, keys: [] };

const kept = (db: Database, value: HostApp): Writing => db.insert(settings).values({ key: 'host_app', value }).onConflictDoUpdate({ target: settings.key, set: { value } });

/** Says whether, and from where, the company's product signs its users in. */
export const setUpHostApp = operation({
  name: 'sso.set-up-host-app',
  input: HostAppChange,
  subject: () => hostApp(),
  may: freshly(permitted('settings.manage')),
  decide({ db }, wanted, { value, revision }) {
    const { keys, ...from } = value ?? NONE;
    return {
      statements: [kept(db, { ...wanted, keys })],
      events: [{ type: 'host_app.changed', subject: 'host-app', revision: revision + 1, data: { from, to: wanted } }],
      result: {},
    };
  },
});

/** Makes a new shared secret, `hostAppSecret` of the id; the one before works for a week more, older ones no longer. */
export const makeHostAppSecret = operation({
  name: 'sso.make-secret',
  input: Nothing,
  subject: () => hostApp(),
  may: freshly(permitted('settings.manage')),
  decide({ db, now, newId }, _, { value, revision }) {
    const app = value ?? NONE;
    const id = newId('key');
    const endsAt = now.getTime() + OVERLAP;
    const before = app.keys.slice(0, 1).map((key) => ({ ...key, endsAt: Math.min(key.endsAt ?? endsAt, endsAt) }));
    return {
      statements: [kept(db, { ...app, keys: [{ id, createdAt: now.getTime(), endsAt: null }, ...before] })],
      events: [{ type: 'host_app.secret_made', subject: 'host-app', revision: revision + 1, data: { key: id, endsBefore: before.map((key) => key.id) } }],
      result: { id },
    };
  },
});

/** Ends a shared secret at once. */
export const endHostAppSecret = operation({
  name: 'sso.end-secret',
  input: OneSecret,
  subject: () => hostApp(),
  may: freshly(permitted('settings.manage')),
  decide({ db }, { id }, { value, revision }) {
    const app = value ?? NONE;
    if (!app.keys.some((key) => key.id === id)) throw new Refusal('invalid', 'This secret has ended already.');
    return {
      statements: [kept(db, { ...app, keys: app.keys.filter((key) => key.id !== id) })],
      events: [{ type: 'host_app.secret_ended', subject: 'host-app', revision: revision + 1, data: { key: id } }],
      result: {},
    };
  },
});
