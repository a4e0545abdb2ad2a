import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A browser’s pages that remember what happened in them and should not have. */
export interface Watched {
  page: Page;
  /** What ran, opened or was fetched since this was asked the last time, and where it stood, as far as that is known. */
  happened(): Promise<string[]>;
  context: BrowserContext;
}

/**
 * A page of a narrow phone in which the site’s own content policy does not count: whatever the page lets through runs. `alert` and its like, and `hit`,
 * are remembered with the article that they stand in; nothing is fetched from elsewhere, and only pictures by https may be asked for.
 */
export async function watched(browser: Browser, url: string): Promise<Watched> {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 800 } });
  let seen: string[] = [];
  await context.exposeBinding('happened', (_, what: string) => void seen.push(what));
  await context.addInitScript(() => {
    const noted = (name: string) => () => {
      const at = (document.currentScript ?? (window.event?.target as Element | null))?.closest?.('article')?.id ?? 'somewhere';
      void (window as unknown as { happened(what: string): void }).happened(`${name} ran in ${at}`);
    };
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'hit']) Object.defineProperty(window, name, { value: noted(name), writable: false });
  });
  await context.route('**/*', (route) => {
    const request = route.request();
    if (new URL(request.url()).origin === url) return route.continue();
    if (request.resourceType() !== 'image' || !request.url().startsWith('https:')) seen.push(`${request.resourceType()} ${request.url()} was asked for`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    seen.push(`a dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('page', () => seen.push('a window opened'));
  return {
    page,
    context,
    async happened() {
      const told = seen;
      seen = [];
      return told;
    },
  };
}

/** What stands one after the other on the outermost level of a page: the same for every page of a kind, whatever people wrote. */
export const frameOf = (page: Page) => page.evaluate(() => [...document.body.children].map((one) => `${one.localName}.${one.classList[0] ?? ''}`).join(' '));

/** Moves, presses and focuses everything in texts of people, and says what is wrong with an open page. */
export const faultsIn = (page: Page) =>
  page.evaluate(() => {
    const wrong: string[] = [];
    const place = (one: Element) => `${one.localName} in ${one.closest('article')?.id ?? one.parentElement?.localName}`;
    const NEVER = 'script, style, iframe, frame, frameset, object, embed, applet, form, input, button, select, textarea, link, meta, base, svg, math, template, slot, video, audio, source, track, canvas, dialog, marquee, noscript, xmp, plaintext, title, main, header, footer, nav, article, section, [style], [id], [name], [autofocus], [srcset], [contenteditable]';
    for (const one of document.querySelectorAll(`.prose :is(${NEVER})`)) wrong.push(`${place(one)} is none of a text’s`);
    for (const one of document.querySelectorAll('*')) {
      for (const { name, value } of one.attributes) {
        if (/^on/i.test(name)) wrong.push(`${place(one)} has ${name}`);
        if (!/^(href|src|action|formaction|data|poster|xlink:href|background|ping)$/.test(name)) continue;
        const protocol = URL.canParse(value, location.href) ? new URL(value, location.href).protocol : 'none:';
        if (!(one.localName === 'img' ? ['https:', location.protocol] : ['http:', 'https:', 'mailto:', 'tel:', 'none:']).includes(protocol)) wrong.push(`${place(one)} leads to ${value.slice(0, 60)}`);
      }
    }
    for (const script of document.scripts) {
      if (script.type === 'application/ld+json') JSON.parse(script.text);
      else if (!script.src || new URL(script.src).origin !== location.origin) wrong.push(`${place(script)} is not ours`);
    }
    document.addEventListener('click', (event) => event.preventDefault());
    for (const one of document.querySelectorAll('.prose *')) {
      for (const type of ['mouseover', 'mouseenter', 'pointerover', 'click', 'dblclick', 'wheel', 'focusin', 'focus', 'blur', 'toggle', 'input', 'keydown', 'animationstart', 'load', 'error']) one.dispatchEvent(new Event(type, { bubbles: type !== 'focus', cancelable: true }));
    }
    const [main, footer] = [document.querySelectorAll('main'), document.querySelectorAll('body > footer')];
    if (main.length !== 1 || !document.querySelector('main#content')) wrong.push(`${main.length} main parts`);
    if (footer.length > 1) wrong.push(`${footer.length} feet`);
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1).map((one) => `${one.localName}.${one.className} in ${one.parentElement!.className}`);
    if (scrollWidth > clientWidth) wrong.push(`${scrollWidth - clientWidth} pixels too wide: ${wide.slice(0, 3).join(', ')}`);
    return wrong;
  });

/** A line of text as a page shows it. */
export const shown = (text: string) => text.toWellFormed().replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/[\s\u0001-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
