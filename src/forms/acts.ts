import type { AstroGlobal } from 'astro';
import type { Operation } from '../../worker/platform/operation.ts';
import { type Submission, submit } from './submit.ts';

/** An operation that a form of the page asks for by its `action`, with what the page itself puts into it. */
export type Act = readonly [action: string, op: Operation<never, never, unknown>, fixed?: Record<string, unknown>];

/** For a page with many small forms: an action, its operation, and what the page puts into it. */
export const act = <Input, Subject, Result>(action: string, op: Operation<Input, Subject, Result>, fixed?: Record<string, unknown>): Act => [action, op as never, fixed];

/** Does what the form asked for. `done` names the action that went through; otherwise `forms` has the refusal by action. */
export async function acted(astro: AstroGlobal, acts: Act[]): Promise<{ done?: string; result?: unknown; forms: Record<string, Submission<unknown>>; message?: string; issues: Record<string, string> }> {
  const forms: Record<string, Submission<unknown>> = {};
  for (const [action, op, fixed] of acts) {
    const sent = await submit(astro, op as never, fixed, action);
    if (sent.result !== undefined) return { done: action, result: sent.result, forms, issues: {} };
    if (sent.message) return { forms: { [action]: sent }, message: sent.message, issues: sent.issues };
  }
  return { forms, issues: {} };
}
