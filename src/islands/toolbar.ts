/// <reference lib="dom" />
import { fieldIn, put } from './typing.ts';

type Field = HTMLTextAreaElement;

const chosen = ({ value, selectionStart: from, selectionEnd: to }: Field) => ({ from, to, text: value.slice(from, to) });

/** Marks around the selection, or taken away where they stand already. */
const around = (mark: string) => (field: Field) => {
  const { from, to, text } = chosen(field);
  const { length } = mark;
  const isMarked = field.value.slice(from - length, from) === mark && field.value.slice(to, to + length) === mark;
  if (isMarked) put(field, from - length, to + length, text, 0, text.length);
  else put(field, from, to, mark + text + mark, length, length + text.length);
};

/** A mark before every line of the selection, or taken away where all have it. */
const before = (mark: string) => (field: Field) => {
  const { from, to } = chosen(field);
  const start = field.value.lastIndexOf('\n', from - 1) + 1;
  const after = field.value.indexOf('\n', to);
  const end = after < 0 ? field.value.length : after;
  const lines = field.value.slice(start, end).split('\n');
  const isMarked = lines.every((line) => line.startsWith(mark));
  const text = lines.map((line) => (isMarked ? line.slice(mark.length) : mark + line)).join('\n');
  put(field, start, end, text, lines.length > 1 ? 0 : text.length, text.length);
};

function link(field: Field) {
  const { from, to, text } = chosen(field);
  const isAddress = /^https?:\S+$/.test(text);
  const typed = isAddress ? `[](${text})` : `[${text}](https://)`;
  if (isAddress) put(field, from, to, typed, 1);
  else put(field, from, to, typed, text.length + 3, typed.length - 1);
}

function code(field: Field) {
  const { from, to, text } = chosen(field);
  if (text.includes('\n')) put(field, from, to, `\`\`\`\n${text}\n\`\`\``, 4, 4 + text.length);
  else around('`')(field);
}

/** Lines of pictures: no letters for these look alike everywhere. */
const QUOTE = 'M4 6v12M9 8h11M9 12h11M9 16h7';
const LIST = 'M4 6v.01M4 12v.01M4 18v.01M9 6h11M9 12h11M9 18h11';
const CHAIN = 'M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71';

function drawing(lines: string): SVGElement {
  const [svg, path] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name)) as [SVGElement, SVGElement];
  for (const [name, value] of Object.entries({ viewBox: '0 0 24 24', width: '18', height: '18', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.75', 'stroke-linecap': 'round' })) svg.setAttribute(name, value);
  path.setAttribute('d', lines);
  svg.append(path);
  return svg;
}

/** In the order of the labels: what is drawn on the button, what it does, and its key. */
const TOOLS: [string, (field: Field) => void, string?][] = [['B', around('**'), 'b'], ['I', around('*'), 'i'], [CHAIN, link, 'k'], [QUOTE, before('> ')], ['</>', code], [LIST, before('- ')]];

/** `<stoa-toolbar data-label data-labels>`: buttons and keys that type Markdown into the text field within. */
class Toolbar extends HTMLElement {
  connectedCallback() {
    const field = fieldIn(this);
    const labels = this.dataset['labels']!.split('|');
    const bar = document.createElement('div');
    bar.className = 'toolbar';
    bar.setAttribute('role', 'toolbar');
    bar.setAttribute('aria-label', this.dataset['label']!);
    bar.setAttribute('aria-controls', field.id);
    TOOLS.forEach(([sign, act, key], i) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.tabIndex = i === 0 ? 0 : -1;
      button.append(/^M\d/.test(sign) ? drawing(sign) : sign);
      button.title = labels[i]! + (key ? ` (Ctrl+${key.toUpperCase()})` : '');
      button.setAttribute('aria-label', labels[i]!);
      if (key) button.setAttribute('aria-keyshortcuts', `Control+${key.toUpperCase()}`);
      button.onclick = () => act(field);
      bar.append(button);
    });
    bar.onkeydown = (event) => this.#move(bar, event);
    field.before(bar);
    field.addEventListener('keydown', (event) => {
      const tool = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && TOOLS.find(([, , key]) => key === event.key.toLowerCase());
      if (!tool) return;
      event.preventDefault();
      tool[1](field);
    });
  }

  /** One of the buttons is reached by Tab, the others by the arrows. */
  #move(bar: HTMLElement, event: KeyboardEvent) {
    const buttons = [...bar.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = buttons.at(to % buttons.length)!;
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }
}

customElements.define('stoa-toolbar', Toolbar);
