import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Starts with what waits for browsers, servers and clocks, so that at the end nothing of it keeps one worker busy alone. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => /\/tests\/(browser|data|database|edge|local|mail)\//.test(moduleId);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/templates.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    isolate: false,
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    typecheck: { enabled: true, include: ['tests/**/*.test-d.ts'], tsconfig: 'tests/types.tsconfig.json', ignoreSourceErrors: true },
  },
});
