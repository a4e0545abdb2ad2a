import cloudflare from '@astrojs/cloudflare';
import { defineConfig } from 'astro/config';

/** Where `npm run dev` keeps what it makes, so that building and testing beside it do not meet it. */
const dev = process.env.STOA_DEV;

export default defineConfig({
  output: 'server',
  session: false,
  publicDir: './src/public',
  trailingSlash: 'ignore',
  adapter: cloudflare({ imageService: 'passthrough', ...(dev ? { persistState: { path: `${dev}/state` } } : {}) }),
  build: { inlineStylesheets: 'never' },
  compressHTML: true,
  security: { checkOrigin: false },
  devToolbar: { enabled: false },
  // Small scripts are files too: the policy of the pages allows none within them.
  vite: { build: { assetsInlineLimit: 0 }, ...(dev ? { cacheDir: `${dev}/vite` } : {}) },
});
