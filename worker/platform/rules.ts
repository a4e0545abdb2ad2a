import { isStaff, isTeam, type Viewer } from './viewer.ts';

/** Who may run an operation. The label is what the permission table prints. */
export interface Rule<Subject> {
  readonly label: string;
  allows(viewer: Viewer, subject: Subject): boolean;
}

export const rule = <Subject>(label: string, allows: Rule<Subject>['allows']): Rule<Subject> => ({ label, allows });

export const anyone = rule<unknown>('anyone', () => true);
export const signedIn = rule<unknown>('signed-in people', (viewer) => viewer.id !== null);
export const staff = rule<unknown>('staff', isStaff);
export const team = rule<unknown>('staff or moderators', isTeam);
export const admins = rule<unknown>('admins', (viewer) => viewer.role === 'admin');

/** Allowed when one of the rules allows it. */
export const either = <S>(...rules: Rule<S>[]): Rule<S> =>
  rule(rules.map((r) => r.label).join(' or '), (viewer, subject) => rules.some((r) => r.allows(viewer, subject)));
