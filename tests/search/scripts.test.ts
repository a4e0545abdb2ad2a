import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { stemmed } from '../../worker/platform/text.ts';
import { searched, similarTo } from '../../worker/search/queries.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

const open = (world: Stoa, title: string, body: string, tags = '') => world.as('mara').run(openTopic, { category: 'help', title, body, tags, kind: 'question' });
async function hits(world: Stoa, q: string) {
  const [found] = await world.as('visitor').load(searched(q, { locale: 'en', limit: 10 }));
  return found;
}
const titles = async (world: Stoa, q: string) => (await hits(world, q)).map(({ title }) => title);

const [CHINESE, JAPANESE, KOREAN, THAI] = ['忘记密码怎么办', 'パスワードを変更したい', '비밀번호를 잊어버렸어요', 'ลืมรหัสผ่านทำอย่างไร'];

async function world() {
  const here = await stoa();
  await open(here, CHINESE, '我在iPhone手机上登录时系统提示密码错误，请问如何重置？');
  await open(here, JAPANESE, '設定画面でボタンを押しても、請求書が表示されません。');
  await open(here, KOREAN, '로그인 화면에서 결제 내역을 확인할 수 없습니다.');
  await open(here, THAI, 'ไม่สามารถดาวน์โหลดใบแจ้งหนี้ได้ตั้งแต่เมื่อวาน');
  await open(here, 'Passwords', 'How they are changed.');
  return here;
}

test('texts in Chinese, Japanese, Korean and Thai are found by one letter, two, a word and a sentence', async () => {
  const here = await world();
  const found: [string, string][] = [
    ['忘', CHINESE], ['密码', CHINESE], ['重置', CHINESE], ['手机', CHINESE], ['iPhone手机', CHINESE], ['重置密码', CHINESE], ['我忘记了登录的密码', CHINESE],
    ['変更', JAPANESE], ['パスワード', JAPANESE], ['ﾊﾟｽﾜｰﾄﾞ', JAPANESE], ['パスワードの変更方法', JAPANESE], ['請求書', JAPANESE], ['書', JAPANESE], ['ボタンが押せない', JAPANESE],
    ['비밀번호', KOREAN], ['비밀번호를'.normalize('NFD'), KOREAN], ['결제', KOREAN], ['내역', KOREAN], ['결', KOREAN], ['비밀번호 확인', KOREAN],
    ['รหัสผ่าน', THAI], ['รหัส', THAI], ['ใบแจ้งหนี้', THAI], ['ดาวน์โหลดใบแจ้งหนี้', THAI], ['password', 'Passwords'],
  ];
  for (const [q, title] of found) expect([q, (await titles(here, q))[0]]).toEqual([q, title]);
  for (const q of ['猫', '码密', '書求', '호번', 'パワ', 'ฮ']) expect([q, await titles(here, q)]).toEqual([q, []]);
});

test('quotes and a dash mean these letters in this order, and what fits is marked', async () => {
  const here = await world();
  expect([await titles(here, '"系统提示密码"'), await titles(here, '"手机上登录"'), await titles(here, '"提示系统"')]).toEqual([[CHINESE], [CHINESE], []]);
  expect(await titles(here, '登录 -"密码错误"')).toEqual([]);
  expect((await hits(here, '密码'))[0]!.passage).toContain('系统提示<mark>密码</mark>错误');
  expect((await hits(here, '請求書'))[0]!.passage).toContain('<mark>請求書</mark>');
});

test('replies are found by them, and what is similar before a question is asked', async () => {
  const here = await world();
  await here.as('bob').run(replyToTopic, { number: 5, body: '管理员可以在后台修改。' });
  expect((await hits(here, '后台'))[0]!.url).toContain('#post-2');
  const [similar] = await here.as('bob').load(similarTo('忘记密码了', 'en'));
  expect(similar.map(({ title }) => title)).toEqual([CHINESE]);
});

test('voiced Kana and vowels of Thai count, and what the index holds of other texts is as it was', () => {
  expect(stemmed('ば は')).not.toBe(stemmed('は は'));
  expect(stemmed('ที่')).not.toBe(stemmed('ที'));
  expect(stemmed('Πληρωμές, ΠΛΗΡΩΜΗ; bookings iPhone 15')).toBe('πληρωμ πληρωμ book iphon 15');
  expect(stemmed('iPhone手机上网')).toBe('iphon 手机 机上 上网 手 机 上 网');
});
