import { temporaryFolder } from '../repository';
import { errorsOf } from './check-objects';
import { verdicts } from './verdicts';

const temporary = temporaryFolder();

test('check reports what the API server and the webhooks refused, and nothing that they accepted', async () => {
  const judged = verdicts();
  const errors = await errorsOf(
    temporary,
    judged.map(({ object }) => object),
  );
  const alarms = judged.flatMap(({ what, refused }, at) =>
    !refused && errors.has(at) ? [`${what}: ${errors.get(at)?.rule} ${errors.get(at)?.message}`] : [],
  );
  const missed = judged.flatMap(({ what, refused }, at) => (refused && !errors.has(at) ? [what] : []));
  if (process.env.ESPALIER_LIST !== undefined) console.info([...alarms, '', ...missed].join('\n'));
  expect(alarms).toEqual([]);
  expect(1 - missed.length / judged.length).toBeGreaterThanOrEqual(0.99);
}, 600_000);
