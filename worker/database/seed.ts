import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/web';
import { importFile } from '../data/import.ts';
import { hashPassword } from '../people/password.ts';
import { demoLines } from './demo/index.ts';
import { demoForms } from './demo/forms.ts';
import { health } from './demo/health.ts';
import { macros } from './demo/macros.ts';
import { ratings } from './demo/ratings.ts';
import { suspended } from './demo/suspended.ts';

/** Of all people of the demo workspace. Never given to anyone outside it. */
const DEMO_PASSWORD = 'stoa-demo-password';

/** Fills in the demo workspace: its story, through the importer like anyone's data, and a password for its people. */
export async function seed(url: string, authToken?: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-demo-'));
  const file = join(folder, 'demo.jsonl');
  const client = createClient({ url, ...(authToken ? { authToken } : {}) });
  try {
    const lines = demoLines(new Date());
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    await importFile(file, {
      url,
      ...(authToken ? { authToken } : {}),
      problem: (line, reason) => {
        throw new Error(`The demo's line ${line}: ${reason}`);
      },
    });
    const people = lines.flatMap((line) => (line.type === 'user' ? [line.email] : []));
    const hash = await hashPassword(DEMO_PASSWORD);
    await client.batch(
      [
        { sql: `update users set password_hash = ?, verified_at = created_at, time_zone = 'Europe/Athens' where password_hash is null and email in (select value from json_each(?))`, args: [hash, JSON.stringify(people)] },
        { sql: `insert into settings (key, value) values ('demo', 'true') on conflict (key) do nothing`, args: [] },
        ...macros(Date.now()),
        ...ratings(),
        ...demoForms(Date.now()),
        ...suspended(Date.now()),
      ],
      'write',
    );
    await health(url, authToken);
  } finally {
    client.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
