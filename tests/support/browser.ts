import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { edge } from './edge.ts';

/** The features that Playwright turns off by itself and that matter here, and four that only cost: a renderer in store, a new document frame for every address, and the two pages that each window keeps behind its address bar. */
const WITHOUT = ['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'MediaRouter', 'OptimizationHints', 'PaintHolding', 'PreconnectToSearch', 'RenderDocument', 'SpareRendererForSitePerProcess', 'ThirdPartyStoragePartitioning', 'Translate', 'WebUIOmniboxAimPopup', 'WebUIOmniboxPopup'];

/** Nobody looks: what a window has around its page is not painted, nor what lies below its edge. */
const UNSEEN = ['--kiosk', '--in-process-gpu', '--force-gpu-mem-available-mb=1'];

/** Pages of a test live too short for a compiler that optimizes to pay; the one that is done at once does. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', `--disable-features=${WITHOUT}`, '--process-per-site', '--renderer-process-limit=1', '--js-flags=--no-opt --no-maglev --always-sparkplug', ...UNSEEN];

let opened: Promise<Browser> | undefined;

/** Chromium, one for all files of a worker; it ends with the worker. A file shuts what it opened with `closePages`. */
export const openBrowser = (): Promise<Browser> => (opened ??= chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS }));

/** Closes every page, with the cookies it has; the browser stays. */
export const closePages = async (browser: Browser | undefined): Promise<void> => void (await Promise.all(browser?.contexts().map((context) => context.close()) ?? []));

/** The built site and a browser, for all tests of a file; both are shut after them. */
export async function openSite() {
  const [world, browser] = await Promise.all([edge(), openBrowser()]);
  afterAll(async () => {
    await closePages(browser);
    await world.close();
  });
  return { world, browser };
}

/** Signs somebody in by the form, as people do; `url` is that of the site. */
export async function signIn(page: Page, url: string, email: string, password = 'stoa-demo-password'): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.click('main form:has(#password) button');
}
