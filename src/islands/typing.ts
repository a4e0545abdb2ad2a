/// <reference lib="dom" />

/** The text field that an island stands around. */
export const fieldIn = (island: HTMLElement) => island.querySelector('textarea')!;

/** Puts text in the place of a part of what is typed, so that it can be undone, and selects from `start` to `end` of the new text. */
export function put(field: HTMLTextAreaElement, from: number, to: number, text: string, start = text.length, end = start): void {
  field.focus();
  field.setSelectionRange(from, to);
  // The only way to type that a browser can undo.
  const isTyped = text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text);
  if (!isTyped) field.setRangeText(text, from, to);
  field.setSelectionRange(from + start, from + end);
}
