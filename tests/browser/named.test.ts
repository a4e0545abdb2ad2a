import { expect, test } from 'vitest';
import { openSite, signIn } from '../support/browser.ts';

const { world, browser } = await openSite();
await world.rows("insert into ticket_forms (id, name_en, is_active, position, created_at) values ('frm_who', 'Who knows', 1, 9, 0)");
await world.rows("insert into ticket_fields (id, key, kind, label_en, choices, created_at) values ('fld_who', 'who', 'contact', 'Who knows more', '[]', 0)");
await world.rows("insert into form_fields (form_id, field_id, position) values ('frm_who', 'fld_who', 1)");

test('names are offered while one is typed; the one that is taken by a key is the answer, and what is typed anew is looked for', async () => {
  const page = await browser.newPage();
  await signIn(page, world.url, 'agnes@stoa.test');
  await page.goto(`${world.url}/tickets/new?form=frm_who`);
  const field = page.getByRole('combobox', { name: 'Who knows more' });
  await field.pressSequentially('chr');
  const names = page.getByRole('listbox', { name: 'Who knows more' }).getByRole('option');
  await names.first().waitFor();
  expect(await names.allTextContents()).toEqual(['Chris Doyle']);
  expect(await field.getAttribute('aria-expanded')).toBe('true');
  await field.press('ArrowDown');
  expect(await names.first().getAttribute('aria-selected')).toBe('true');
  await field.press('Enter');
  expect([await field.inputValue(), await names.count()]).toEqual(['Chris Doyle', 0]);
  await page.fill('#subject', 'Asked for somebody');
  await page.fill('#body', 'Ask him.');
  await page.click('main form button.button:not(.second)');
  // What is like it is shown first; the name stays chosen.
  await page.getByRole('button', { name: 'Send it anyway' }).first().click({ timeout: 5_000 }).catch(() => undefined);
  await page.waitForURL(/\/tickets\/\d+/);
  expect(await world.rows("select u.name from ticket_values v join users u on u.id = v.value where v.field_id = 'fld_who'")).toMatchObject([{ name: 'Chris Doyle' }]);

  await page.goto(`${world.url}/tickets/new?form=frm_who`);
  await field.pressSequentially('chr');
  await names.first().click();
  await field.press('End');
  await field.pressSequentially('x');
  expect(await page.locator('[name="fields.who"]').isDisabled()).toBe(true);
  expect(await field.getAttribute('name')).toBe('find.who');
  await field.press('Escape');
  expect(await names.count()).toBe(0);
});
