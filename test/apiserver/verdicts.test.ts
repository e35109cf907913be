import { temporaryFolder } from '../repository';
import { errorsOf } from './check-objects';
import { verdicts } from './verdicts';

const temporary = temporaryFolder();

// verdicts.long.test.ts judges all of them.
test('check agrees with the API server and the webhooks about every sixteenth object', async () => {
  const judged = verdicts().filter((_, at) => at % 16 === 0);
  const errors = await errorsOf(
    temporary,
    judged.map(({ object }) => object),
  );
  const wrong = judged.flatMap(({ what, refused }, at) => (refused === errors.has(at) ? [] : [what]));
  expect(wrong.length / judged.length).toBeLessThanOrEqual(0.01);
});
