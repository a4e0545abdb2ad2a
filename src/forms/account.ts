/** What a form says of an account, as `NewAccount` and `AccountChange` read it: a list of domains, a number, null for what is empty. */
export function accountFields(form: Record<string, unknown>): Record<string, unknown> {
  const said = (name: string) => String(form[name] ?? '').trim();
  return {
    domains: said('domains').split(/[\s,;]+/).filter(Boolean),
    arr: Number(said('arr').replace(/[\s.,]/g, '') || 0),
    renewsOn: said('renewsOn') || null,
    plan: said('plan') || null,
    csm: said('csm') || null,
    ...(said('revision') ? { revision: Number(said('revision')) } : {}),
  };
}
