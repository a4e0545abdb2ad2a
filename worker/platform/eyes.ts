import { openPortal, type Portal, type Proof } from './portal.ts';
import type { Viewer } from './viewer.ts';
import { databaseOf, gateway } from './write-gate.ts';

/** What somebody can reach, outside of a request of theirs. `viewer` is who they were last, `proof` tells who they are. */
export const eyesOf = (env: Env, viewer: Viewer, proof: Proof): Portal => openPortal({ db: databaseOf(env), gate: gateway(env), viewer, proof, secret: env.STOA_SECRET });
