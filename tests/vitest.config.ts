import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/templates.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    isolate: false,
    maxWorkers: 3,
    typecheck: { enabled: true, include: ['tests/**/*.test-d.ts'], tsconfig: 'tests/types.tsconfig.json', ignoreSourceErrors: true },
  },
});
