import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import '../worker/local/imports.js';

/** The workers and what they start import as quickly as this process. */
process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import=${new URL('../worker/local/imports.js', import.meta.url)}`;

/** What mostly waits, for a minute to pass, and what has to be answered, or to fit, while others take the processor. */
const FIRST = ['edge/outage', 'edge/live', 'data/import'].map((name) => `/tests/${name}.test.ts`);

/** Starts with what mostly waits, so that at the end no worker waits alone, and beside it, while there is room, with what a busy machine disturbs. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId }: TestSpecification) => FIRST.findIndex((name) => moduleId.endsWith(name));
    return [...sorted.filter((file) => place(file) >= 0).sort((a, b) => place(a) - place(b)), ...sorted.filter((file) => place(file) < 0)];
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
