interface Exception {
  query: string;
  step: RegExp;
  why: string;
}

/** What may be read whole or sorted, and why that stays small. */
const exceptions: Exception[] = [];

/** Whether this step of a plan is one that we know and can explain. A walk along an index is one when the statement says where it ends. */
export const allowed = (query: string, step: string, sql: string): boolean =>
  (/^SCAN \w+ USING (COVERING )?INDEX/.test(step) && / limit \?/i.test(sql)) || exceptions.some((one) => one.query === query && one.step.test(step));
