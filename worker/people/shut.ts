import { statementLink } from '../moderation/link.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Decision } from './access.ts';

/** Why somebody who showed who they are does not come in: by which decision, with the key of its page. `until` is ISO 8601; nothing is for good. */
export interface Shut {
  code: string;
  words: string;
  until: string | null;
  link: string | null;
}

/** What shuts a suspended person out, as they are told. */
export const shutBy = ({ suspendedUntil }: { suspendedUntil: Date | null }, decision: Decision | null, secret: string): Shut => ({
  code: decision?.code ?? 'other', words: decision?.words ?? '', until: suspendedUntil?.toISOString() ?? null, link: decision && statementLink(secret, decision.id),
});

/** The refusal of somebody who is suspended and has shown who they are: the page says why, until when, and where to appeal. */
export class ShutOut extends Refusal {
  readonly shut: Shut;

  constructor(shut: Shut) {
    super('forbidden', 'This account is suspended. The letter about it says why, until when, and how to appeal.');
    this.shut = shut;
  }
}
