import { folded } from '../platform/text.ts';

/** Those of a list of macros whose name, folder or text has every word that was typed, however it is accented. */
export function found<Macro extends { name: string; folder: string; texts: Record<string, string> }>(macros: Macro[], typed: string): Macro[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  return macros.filter(({ name, folder, texts }) => {
    const text = folded([name, folder, ...Object.values(texts)].join(' '));
    return words.every((word) => text.includes(word));
  });
}
