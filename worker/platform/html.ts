const NAMES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as HTML or XML says it, between tags or within double quotes. */
export const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => NAMES[character]!);
