import { t, type Locale } from '../messages/index.ts';

/** What the other ticket of a link is to this one: which comes first decides. */
export function nameOf({ kind, isOut }: { kind: string; isOut: boolean }, locale: Locale): string {
  const pairs: Record<string, [out: string, back: string]> = {
    parent: ['child', 'parent'], problem: ['incident', 'problem'], duplicate: ['original', 'duplicate'], related: ['related', 'related'], blocks: ['blocks', 'blocked_by'], split: ['split_out', 'split_in'], follow_up: ['follow_up_out', 'follow_up_in'],
  };
  const name = pairs[kind]?.[isOut ? 0 : 1] ?? kind;
  return t(locale).joins.is[name] ?? name;
}
