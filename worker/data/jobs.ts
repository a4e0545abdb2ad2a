import { job } from '../platform/job.ts';
import { drawSome } from './draw.ts';

/** Texts that came in undrawn, by an import or before the rules of drawing changed, get their HTML, some at a time. */
export const drawTexts = job('data.draw', ({ db, gate }) => drawSome(db.$client, (statements) => gate.commit(statements)));
