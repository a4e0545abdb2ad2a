import type { APIRoute } from 'astro';
import { isLookup } from '../../worker/forms/judge.ts';
import { formOfTicket, formsToAsk } from '../../worker/forms/queries.ts';
import { alikeIn, nameAmong } from '../forms/answers.ts';
import { forScript, isHasty } from '../forms/hasty.ts';

/** Names offered at once. */
const MOST = 8;

/** Who or which account can be meant by the beginning of a name, as an answer to a question (`key`) of a form, or of the form of a ticket. The form itself tells as much. */
export const GET: APIRoute = async ({ url, locals: { portal, entrance } }) => {
  const { form = '', ticket, key = '', q = '' } = Object.fromEntries(url.searchParams);
  if (!entrance.session) return forScript({ items: [] }, 401);
  if (isHasty(entrance.session)) return forScript({ items: [] }, 429, { 'retry-after': '10' });
  const said = { [key]: q.slice(0, 100) };
  const number = /^\d{1,9}$/.test(ticket ?? '') ? Number(ticket) : undefined;
  const questions = number === undefined ? (await portal.load(formsToAsk(form.slice(0, 80), said)))[0].find((one) => one.questions !== null)?.questions : (await portal.load(formOfTicket(number, said)))[0]?.questions;
  if (portal.viewer.id === null) return forScript({ items: [] }, 401);
  const question = questions?.find((one) => one.key === key && isLookup(one.kind));
  if (!question || q.trim().length < 2) return forScript({ items: [] });
  return forScript({ items: alikeIn(question, q, portal.viewer.locale).slice(0, MOST).map((one) => ({ value: one.value, name: nameAmong(question, one) })) });
};
