import { randomBytes } from 'node:crypto';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { expect, onTestFinished, test } from 'vitest';
import { placeOf, storeOf } from '../../worker/platform/store.ts';

/** An R2 bucket as Cloudflare's own simulator has it. */
async function bucket() {
  const machine = new Miniflare(convertV4MiniflareOptions({ cf: false, modules: true, script: 'export default {}', compatibilityDate: '2026-11-01', r2Buckets: ['UPLOADS'] }));
  onTestFinished(() => machine.dispose());
  return (await machine.getR2Bucket('UPLOADS')) as unknown as R2Bucket;
}

test('in a bucket of R2 files lie by their ids, come back as they were, and go, however many at once', async () => {
  const uploads = await bucket();
  const store = storeOf({ UPLOADS: uploads } as Env);
  const bytes = randomBytes(3_000_000);
  await store.put('att_1', bytes);
  expect((await uploads.head(placeOf('att_1')))?.size).toBe(3_000_000);
  expect(Buffer.from(await new Response(await store.get('att_1')).arrayBuffer()).equals(bytes)).toBe(true);
  await store.put('att_1', Buffer.from('anew'));
  expect(await new Response(await store.get('att_1')).text()).toBe('anew');
  await store.put('att_2', Buffer.from('stays'));
  expect(await store.get('att_none')).toBeUndefined();
  await store.remove(['att_1', ...Array.from({ length: 1_200 }, (_, i) => `att_never_${i}`)]);
  expect([await store.get('att_1'), await new Response(await store.get('att_2')).text()]).toEqual([undefined, 'stays']);
});
