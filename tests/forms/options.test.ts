import { expect, it } from 'vitest';
import { optionsHtml } from '../../src/forms/options.ts';

it('chooses one, and takes what people are called for text', () => {
  expect(optionsHtml([['', 'Nobody'], ['usr_1', 'Ada "the <b>first</b>" & only'], ['"><script>', 'Bo']], 'usr_1')).toBe(
    '<option value="">Nobody</option><option value="usr_1" selected>Ada &quot;the &lt;b&gt;first&lt;/b&gt;&quot; &amp; only</option><option value="&quot;&gt;&lt;script&gt;">Bo</option>',
  );
});
