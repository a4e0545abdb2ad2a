/** Texts whose outcome is remembered. */
const MOST = 100;

/** A function of a text that is asked for the same one several times in a row: what came of the latest texts is remembered, and must not be changed. */
export function remembered<Value>(made: (text: string) => Value): (text: string) => Value {
  const latest = new Map<string, Value>();
  return (text) => {
    if (latest.has(text)) return latest.get(text)!;
    const value = made(text);
    if (latest.size >= MOST) latest.delete(latest.keys().next().value!);
    latest.set(text, value);
    return value;
  };
}
