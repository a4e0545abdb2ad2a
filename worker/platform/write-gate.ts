import { DurableObject } from 'cloudflare:workers';
import { type Database, openDatabase } from '../database/open.ts';
import { type Gate, gateOf, type Row, type Sql } from './gate.ts';

/** Milliseconds a write may take, fsync included. */
const PATIENCE = 4_000;

/** There is one of these a workspace: every write of every worker goes through it, one batch at a time. */
export class WriteGate extends DurableObject<Env> implements Gate {
  readonly #gate: Gate;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#gate = gateOf(openDatabase({ ...connectionOf(env), patience: PATIENCE }), PATIENCE);
  }

  commit(statements: Sql[]): Promise<Row[][]> {
    return this.#gate.commit(statements);
  }
}

/** The database as the environment names it. */
export const connectionOf = (env: Env) => ({
  url: env.DATABASE_URL,
  ...(env.DATABASE_TOKEN ? { authToken: env.DATABASE_TOKEN } : {}),
  ...(env.DATABASE ? { fetch: env.DATABASE.fetch.bind(env.DATABASE) as typeof fetch } : {}),
});

const opened = new WeakMap<Env, Database>();

/** The database of a worker, opened once: nothing of it belongs to one request. */
export function databaseOf(env: Env): Database {
  const known = opened.get(env);
  if (known) return known;
  const db = openDatabase(connectionOf(env));
  opened.set(env, db);
  return db;
}

/** The gate of this workspace, wherever it runs. */
export const gateway = (env: Env): Gate => ({ commit: (statements) => env.GATE.getByName('database').commit(statements) as Promise<Row[][]> });
