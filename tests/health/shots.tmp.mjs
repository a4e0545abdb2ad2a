import { chromium } from 'playwright-core';
const base = 'http://127.0.0.1:8830';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const which = process.argv[2] ?? 'all';
async function session(email) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(base + '/sign-in');
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', 'stoa-demo-password');
  await page.click('form:has(input[name=password]) button:not([formaction])');
  return { context, page };
}
const { context, page } = await session('cleo@stoa.test');
await page.goto(base + '/csm?order=health');
const acme = await page.getAttribute('a:has-text("Acme")', 'href');
const list = await page.$$eval('tbody tr', (rows) => rows.map((r) => r.innerText.replace(/\s+/g, ' ').slice(0, 120)));
console.log(list.join('\n'));
const admin = await session('ada@stoa.test');
const shot = async (p, path, name, width, scheme, full = true) => {
  await p.setViewportSize({ width, height: 900 });
  await p.emulateMedia({ colorScheme: scheme });
  await p.goto(base + path);
  await p.screenshot({ path: `/tmp/s/health-shots/${name}-${width}-${scheme}.png`, fullPage: full });
  const wide = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) console.log('overflow', name, width, wide);
};
for (const [w, s] of [[1280, 'light'], [390, 'dark'], [1280, 'dark'], [390, 'light']]) {
  await shot(page, '/csm?order=health', 'book', w, s, false);
  await shot(page, acme, 'account', w, s);
  await shot(page, '/agent/tickets/1', 'ticket', w, s);
  await shot(page, '/forum/topics/1', 'topic', w, s, false);
  await shot(admin.page, '/admin/health', 'admin', w, s);
}
await browser.close();
