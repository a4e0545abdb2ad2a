import { expect, test } from 'vitest';
import { everyoneWrites, signedInWriters, wrongOf } from '../load/writers.ts';
import { edge } from '../support/edge.ts';

const WRITES = 200;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds until a page that needs the database answers again. */
async function backAfter(url: string): Promise<number> {
  const from = Date.now();
  while (Date.now() - from < 15_000) {
    const status = await fetch(`${url}/forum`, { signal: AbortSignal.timeout(3_000) }).then(({ status }) => status, () => 0);
    if (status === 200) return Date.now() - from;
    await pause(20);
  }
  throw new Error('It did not come back.');
}

test('a killed database and a killed worker are back at once on their ports', { timeout: 120_000 }, async () => {
  const world = await edge();
  try {
    for (const victim of [world.database.process, world.worker.process]) {
      const { pid } = victim;
      process.kill(pid, 'SIGKILL');
      await pause(10);
      expect(await backAfter(world.url)).toBeLessThan(15_000);
      expect(victim.pid).not.toBe(pid);
    }
  } finally {
    await world.close();
  }
});

test('nothing acknowledged is lost or doubled when database and worker are killed in the middle of writing', { timeout: 240_000 }, async () => {
  const world = await edge();
  try {
    const writers = await signedInWriters(world.database.url, 12);
    let kills = 0;
    const outcome = await everyoneWrites(world.url, writers, ({ acknowledged }) => {
      if (kills < 5 && acknowledged.size >= (kills + 1) * 25) {
        process.kill((kills++ % 2 === 0 ? world.database : world.worker).process.pid, 'SIGKILL');
      }
      return acknowledged.size >= WRITES;
    });
    expect(kills).toBe(5);
    expect(await wrongOf(world.database.url, outcome)).toEqual({ lost: [], twice: [] });
  } finally {
    await world.close();
  }
});

test('a database that stands still is started again by the watchdog, with everything it acknowledged', { timeout: 120_000 }, async () => {
  const world = await edge();
  try {
    const { pid } = world.database.process;
    const [writer] = await signedInWriters(world.database.url, 2);
    const before = await everyoneWrites(world.url, [writer!, writer!], ({ acknowledged }) => acknowledged.size >= 5);
    process.kill(pid, 'SIGSTOP');
    for (let waited = 0; world.database.process.pid === pid && waited < 60_000; waited += 100) await pause(100);
    expect(world.database.process.pid).not.toBe(pid);
    expect(await backAfter(world.url)).toBeLessThan(15_000);
    expect(await wrongOf(world.database.url, before)).toEqual({ lost: [], twice: [] });
  } finally {
    await world.close();
  }
});
