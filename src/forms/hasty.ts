/** Questions of one session within ten seconds. */
const [MOST, WITHIN] = [40, 10_000];
const asked = new Map<string, number[]>();

/** Whether somebody asks faster than they type. It is counted here only, in this worker's memory: it protects the database, and no secret. */
export function isHasty(session: string): boolean {
  const now = Date.now();
  const lately = [...(asked.get(session) ?? []).filter((at) => now - at < WITHIN), now];
  if (asked.size > 5_000) asked.clear();
  asked.set(session, lately);
  return lately.length > MOST;
}

/** An answer for a script of ours. */
export const forScript = (body: unknown, status = 200, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store', ...headers } });
