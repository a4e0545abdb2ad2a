import { notFound } from '../../worker/platform/refusal.ts';

/** The number in the address of a page; behind anything else there is none. */
export function numberIn(params: Record<string, string | undefined>): number {
  const number = Number(params['number']);
  if (!Number.isSafeInteger(number) || number < 1) throw notFound();
  return number;
}
