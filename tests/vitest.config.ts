import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import '../worker/local/imports.js';

/** The workers and what they start import as quickly as this process. */
process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import=${new URL('../worker/local/imports.js', import.meta.url)}`;

/** Starts with what mostly waits, for a minute to pass or a process to end, so that at the end no worker waits alone. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const waits = ({ moduleId }: TestSpecification) => /\/tests\/edge\/outage\.test\.ts$/.test(moduleId);
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))];
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
    sequence: { sequencer: WaitingFirst },
    typecheck: { enabled: true, include: ['tests/**/*.test-d.ts'], tsconfig: 'tests/types.tsconfig.json', ignoreSourceErrors: true },
  },
});
