/** An answer as the log says it. */
type Value = string | number | boolean | string[] | null;

/** What the ticket that stays keeps of its own, where another differs. */
export interface Differing {
  id: string;
  number: number;
  requesterId: string;
  priority: string;
  assigneeId: string | null;
  groupId: string | null;
  /** Name of its form. */
  form: string | null;
  /** Answers by the keys of their questions. */
  answers: Record<string, Value>;
}

/** A field that differed: what the ticket that stays has, and, where both were asked by the same person, what the one that is part of it had. */
export interface Difference {
  /** Number of the ticket that is part of it. */
  ticket: number;
  /** Or `answers.` and the key of a question. */
  field: string;
  kept: Value;
  dropped?: Value;
}

const fieldsOf = ({ priority, assigneeId, groupId, form, answers }: Differing): Record<string, Value> => ({
  priority, assigneeId, groupId, form, ...Object.fromEntries(Object.entries(answers).map(([key, value]) => [`answers.${key}`, value])),
});

const isSaid = (value: Value | undefined) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

/** Whether a field is taken over from another ticket where it is empty. */
const isFilled = (field: string) => field.startsWith('answers.');

/**
 * What differed when tickets became part of another, field by field. Of other requesters the log of each side tells only what that side said: `dropped`
 * are, by the id of their ticket, theirs. `isOpen` says whether a merge brings answers.
 */
export function differences(target: Differing, sources: Differing[], isOpen: (source: Differing) => boolean): { differed: Difference[]; dropped: Map<string, Record<string, Value>> } {
  const has = fieldsOf(target);
  const differed: Difference[] = [];
  const dropped = new Map<string, Record<string, Value>>();
  for (const source of sources) {
    const isSame = source.requesterId === target.requesterId;
    for (const [field, value] of Object.entries(fieldsOf(source))) {
      if (!isSaid(value) || JSON.stringify(value) === JSON.stringify(has[field])) continue;
      if (isFilled(field) && !isSaid(has[field])) {
        if (isOpen(source)) has[field] = value;
        continue;
      }
      differed.push({ ticket: source.number, field, kept: has[field] ?? null, ...(isSame ? { dropped: value } : {}) });
      if (!isSame) dropped.set(source.id, { ...dropped.get(source.id), [field]: value });
    }
  }
  return { differed, dropped };
}
