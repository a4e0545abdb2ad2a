import { expect, test } from 'vitest';
import { beginningIn, saidIn } from '../../worker/platform/said.ts';

const site = 'https://help.example';
const said = (markdown: string, most = 5_000, files?: Record<string, string>) => saidIn(markdown, { site, files }, most);

const LETTER = `Here is what to do **now**:

1. Open the [guide](/kb/en/start) or <https://example.org/a?b=1&c=2>
2. Press *Print*:
   - twice
   - or \`Ctrl+P\`

> It **burns**
> here

\`\`\`js
const a = 1 < 2;

done();
\`\`\`

| Part | Price |
|---|--:|
| Ink | 3 |

Ask help@example.org.`;

test('what somebody wrote reads as text without signs, with the addresses of its links', () => {
  expect(said(LETTER).text).toBe(`Here is what to do now:

1. Open the guide (https://help.example/kb/en/start) or https://example.org/a?b=1&c=2
2. Press Print:
   – twice
   – or Ctrl+P

> It burns here

const a = 1 < 2;

done();

Part | Price
Ink | 3

Ask help@example.org.`);
});

test('the same as HTML carries its own style, whole addresses and its code as it stands', () => {
  const { html } = said(LETTER);
  expect(html).toMatch(/<p style="[^"]+">Here is what to do <strong>now<\/strong>:<\/p><ol style=/);
  expect(html).toContain('href="https://help.example/kb/en/start"');
  expect(html).toContain('href="https://example.org/a?b=1&amp;c=2"');
  expect(html).toContain('const a = 1 &lt; 2;\n\ndone();</pre>');
  expect(html).toMatch(/<td style="[^"]+;text-align:right">3<\/td>/);
  expect(html).not.toMatch(/\*\*|```|\[guide\]|hljs|tabindex|loading/);
});

test.each(['<script>alert(1)</script>x', '<img src=x onerror=alert(1)>', '[a](javascript:alert(1))', '<b style="position:fixed" class="link">a</b>', '<a href="https://x.example/&quot; onclick=&quot;alert(1)">a</a>', '<style>p{}</style><iframe srcdoc="x"></iframe>', '![a" onload="x](https://x.example/"onerror="y)', '<p title="<script>">a'])(
  'nothing that a stranger wrote brings a tag, a style or an attribute into a letter: %j',
  (attack) => {
    for (const tag of said(attack).html.match(/<[^>]*>/g) ?? []) expect(tag).not.toMatch(/^<\/?(script|style|iframe|img)|\son\w+=|javascript:|srcdoc|position/i);
  },
);

test('a picture is a link to it: of others none is fetched, and of ours a guest’s is opened by their key', () => {
  const text = '![The tray](https://evil.example/track.png) and ![](/files/att_1/my%20tray.png)';
  expect(said(text).html).not.toContain('<img');
  expect(said(text).text).toBe('The tray (https://evil.example/track.png) and my%20tray.png (https://help.example/files/att_1/my%20tray.png)');
  const { html } = said(text, 5_000, { ticket: '17', key: 'k.m0' });
  expect(html).toContain('href="https://help.example/files/att_1/my%20tray.png?ticket=17&amp;key=k.m0"');
  expect(html).toContain('href="https://evil.example/track.png"');
  // Only ours are given the key.
  expect(said('[a](https://evil.example/files/att_1/a.png) [b](/kb/en/start)', 5_000, { ticket: '17', key: 'k.m0' }).html).not.toContain('key=');
});

test('a long message ends with a sign, and with every element closed', () => {
  const { html, text } = said(`**${'word '.repeat(30).trim()}**\n\n> more\n\n[link](https://example.org/${'x'.repeat(50)})`, 20);
  expect(text).toBe('word word word word…');
  expect(html).toMatch(/<strong>word word word word…<\/strong><\/p>$/);
});

test('how something begins is a line without signs, of what is not a quote', () => {
  expect(beginningIn('> [bob](/forum/topics/1/x?post=1):\n>\n> Quoted\n\nHere is **what** to [do](https://x.example), `now`.\n\nMore.', 200)).toBe('Here is what to do, now.');
  expect(beginningIn('# Title\n\nText', 200)).toBe('Title');
  expect(beginningIn('- one\n- two', 200)).toBe('– one – two');
  expect(beginningIn('', 200)).toBe('');
});

test('texts that parsers choke on come through, soon', () => {
  const started = process.cpuUsage();
  for (const text of ['<b>'.repeat(10_000), '> '.repeat(10_000), '['.repeat(40_000), '<'.repeat(50_000), `<a ${'x="'.repeat(10_000)}`, '*a_'.repeat(15_000)]) expect(said(text, 50_000).text.length).toBeGreaterThan(0);
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(4_000);
});
