import cloudflare from '@astrojs/cloudflare';
import { defineConfig } from 'astro/config';

export default defineConfig({
  output: 'server',
  session: false,
  publicDir: './src/public',
  trailingSlash: 'ignore',
  adapter: cloudflare({ imageService: 'passthrough' }),
  build: { inlineStylesheets: 'never' },
  compressHTML: true,
  security: { checkOrigin: false },
  devToolbar: { enabled: false },
});
