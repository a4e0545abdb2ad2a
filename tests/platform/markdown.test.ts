import { expect, test } from 'vitest';
import { rendered } from '../../worker/platform/markdown.ts';

const TEXTS = [
  'Plain words.',
  '# One\n## Two\n### Three',
  'Some *emphasis*, **strong** and ~~gone~~ with `code > words` and "quotes" it\'s',
  '- a\n- b\n  - c\n\n1. x\n2. y',
  '> said\n>\n> > before',
  '```js\nconst a = 1 > 2;\n```\n\n```nonsense" onclick="x\nwords\n```\n\n    four spaces',
  '| a | b |\n|---|:-:|\n| 1 | 2 |',
  'line  \nbreak\n\n---\n\nΚαλημέρα, *κόσμε*.',
];

/** Marks that mean the same, written the same. */
const alike = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll(' />', '>').trim();

test.each(TEXTS)('text that brings no HTML of its own is drawn as the sanitiser would leave it: %j', (text) => {
  const sanitised = rendered(`${text}\n\n<!-- a comment, which brings HTML and is dropped -->`);
  expect(alike(rendered(text))).toBe(alike(sanitised));
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](&#106;avascript:alert(1))',
  '<javascript:alert(1)>',
  '![a](javascript:alert(1))',
  '![a](https://x.example/"onerror="alert(1))',
  '<a href="data:text/html,<script>alert(1)</script>">a</a>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '</div></p></main><b>out',
  '<b style="position:fixed" class="site-bar">a</b>',
  '```"><img src=x onerror=alert(1)>\nx\n```',
  '[x]: javascript:alert(1)\n\n[x]',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  'javascript:alert(1) vbscript:x data:text/html,x',
])('nothing of an attack is left: %j', (attack) => {
  for (const tag of rendered(attack).match(/<[^>]*>/g) ?? []) {
    expect(tag).not.toMatch(/^<\/?(script|svg|math|iframe|object|style|form|input|div|main)|\s(on\w+|style|srcdoc|class)\s*=|(href|src)="\s*(javascript|data|vbscript):/i);
  }
});

/** Milliseconds of the processor's time, which a busy machine does not stretch. */
const TOO_SLOW = 2_000;

test.each(['<b>'.repeat(10_000), '> '.repeat(10_000), '- '.repeat(2_000), '[['.repeat(10_000), '*'.repeat(40_000), `${'  '.repeat(3_000)}- a`, '`'.repeat(50_000), '|a'.repeat(10_000), '![](x)'.repeat(5_000), '\\'.repeat(50_000), '!'.repeat(50_000), 'Now! '.repeat(10_000)])(
  'input that parsers choke on is still shown, soon (case %#)',
  (text) => {
    const started = process.cpuUsage();
    expect(rendered(text).length).toBeGreaterThan(0);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(TOO_SLOW);
  },
);

test('no text up to the limit of a message makes the parser take seconds', () => {
  const units = ['*a_', '**a ', 'a_', '~~a', '[a](b', '![[', '`a', 'a.', 'a', 'a@b.c ', '- a\n', '1. a\n\n', '|a|b|\n|-|-|\n', '> ', '\t', '<a', '<!--', '&#x1;', 'www.a.b'];
  for (const unit of units) {
    for (const length of [3_000, 9_000, 50_000]) {
      for (const ending of ['', '@']) {
        const started = process.cpuUsage();
        rendered(unit.repeat(length / unit.length) + ending);
        expect([unit, length, ending, process.cpuUsage(started).user / 1_000 < TOO_SLOW]).toEqual([unit, length, ending, true]);
      }
    }
  }
});

test('rules and tables of dashes are no nesting', () => {
  expect(rendered('Before\n\n----------------------------------------\n\n```\n+--------------------+\n--------------------\n```\n\n**after**')).toContain('<strong>after</strong>');
});

test('ordinary text is drawn, however long', () => {
  const text = 'Some *words* with `code_of_ours`, an address like name@example.com, and <https://example.com/a/long/one?with=query>.\n\n'.repeat(400);
  expect(rendered(text.slice(0, 49_000))).toContain('<em>words</em>');
});
