import { setTimeout as sleep } from 'node:timers/promises';
import { makeQueue } from '../../../lib/tree/charts/queue';

test('no more run at a time than allowed, all of them do, and one that fails makes room', async () => {
  const queue = makeQueue(2);
  let running = 0;
  let most = 0;
  const one = (i: number) =>
    queue(async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(1);
      running -= 1;
      if (i === 1) throw new Error('no');
      return i;
    });
  const results = await Promise.allSettled([0, 1, 2, 3, 4, 5].map(one));
  expect(most).toBe(2);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', ...Array(4).fill('fulfilled')]);
});
