import type { Permission } from './permissions.ts';
import { can, FRESH, type Viewer } from './viewer.ts';

/** Who may run an operation. The label is what the permission table prints. */
export interface Rule<Subject> {
  readonly label: string;
  allows(viewer: Viewer, subject: Subject): boolean;
  /** Whether a sign-in of long ago is not enough: they are asked to prove again who they are. A token cannot, but where it says so it need not. */
  readonly fresh?: boolean | 'in a browser';
  /** Whether it may be done while looking with somebody else's eyes. */
  readonly whileLooking?: boolean;
}

export const rule = <Subject>(label: string, allows: Rule<Subject>['allows']): Rule<Subject> => ({ label, allows });

export const anyone = rule<unknown>('anyone', () => true);
export const signedIn = rule<unknown>('signed-in people', (viewer) => viewer.id !== null);

/** Allowed when one of the rules allows it. */
export const either = <S>(...rules: Rule<S>[]): Rule<S> =>
  rule(rules.map((r) => r.label).join(' or '), (viewer, subject) => rules.some((r) => r.allows(viewer, subject)));

/** Those with a permission, by role or by custom role. */
export const permitted = (permission: Permission): Rule<unknown> => rule(`people with the permission ${permission}`, (viewer) => can(viewer, permission));

/** The same people, once they have proved who they are within the last quarter of an hour. */
export const freshly = <S>(who: Rule<S>): Rule<S> => ({ ...rule<S>(`${who.label}, freshly signed in`, who.allows), fresh: true });

/** The same in a browser; a token stands for itself. */
export const freshlyOrByToken = <S>(who: Rule<S>): Rule<S> => ({ ...freshly(who), label: `${who.label}, freshly signed in or by a token`, fresh: 'in a browser' });

/** Staff who look with a customer's eyes, and what of theirs goes on meanwhile. */
export const whileLooking = <S>(who: Rule<S>): Rule<S> => ({ ...who, whileLooking: true });

/** Whether their proof is too old for a rule that asks for a fresh one. */
export const isStale = (of: Rule<never>, viewer: Viewer, now: Date) => of.fresh !== undefined && of.fresh !== false && !(of.fresh === 'in a browser' && viewer.token !== null) && now.getTime() - viewer.provedAt > FRESH;
