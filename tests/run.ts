import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { buildIfStale, ROOT } from '../worker/local/build.ts';

/** `npm test`: the site built, a browser found or installed, then every test there is. */
const browsers = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

if (!process.env['CHROMIUM'] && !browsers.some(existsSync)) {
  console.log('Installing Chromium for the tests in a browser, without its windows where there is such a package.');
  spawnSync('sh', ['-c', 'apt-get update -q && for it in chromium-headless-shell chromium; do apt-get install -y -q --no-install-recommends $it && break; done'], { stdio: 'inherit' });
}
const browser = process.env['CHROMIUM'] ?? browsers.find(existsSync);
if (!browser) {
  console.error('The tests need Chromium. Install it, or set CHROMIUM to the program.');
  process.exit(1);
}
buildIfStale();
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/vitest.config.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: browser },
});
process.exit(status ?? 1);
