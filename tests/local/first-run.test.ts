import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../worker/local/ports.ts';

test('an empty workspace starts with a link that lets its owner in, printed where only the owner reads', async () => {
  const data = mkdtempSync(join(tmpdir(), 'stoa-first-'));
  const port = (await freePort())!;
  const started = spawn(process.execPath, ['worker/local/start.ts'], { env: { ...process.env, STOA_DEMO: '0', STOA_DATA: data, STOA_PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => started.once('exit', resolve));
  onTestFinished(async () => {
    started.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  });
  let said = '';
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (text: Buffer) => void (said += text));
  await expect.poll(() => said, { timeout: 40_000 }).toMatch(/Open http:\S+\/welcome\?key=\S+/);
  expect(said).toContain(`Stoa is ready at http://127.0.0.1:${port}`);
  const page = await (await fetch(/http:\S+\/welcome\?key=\S+/.exec(said)![0])).text();
  expect(page).toContain('name="again"');
});
