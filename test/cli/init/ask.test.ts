import { PassThrough } from 'node:stream';
import { Questions } from '../../../lib/cli/init/ask';

/** A person who answers what is asked with the next of the lines, and then leaves. */
function person(...answers: string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let text = '';
  output.on('data', (chunk) => {
    text += chunk;
    if (!/\) $/.test(text)) return;
    const answer = answers.shift();
    if (answer === undefined) input.end();
    else setImmediate(() => input.write(`${answer}\n`));
  });
  return { streams: { input, output }, heard: () => text };
}

const isShort = (answer: string) => (answer.length < 5 ? undefined : 'it must be short');

test('an answer counts, and none is the default', async () => {
  const { streams, heard } = person(' one ', '');
  const answers = await Questions.during(
    async (questions) => [await questions.ask('First?', 'a', isShort), await questions.ask('Second?', 'b', isShort)],
    streams,
  );
  expect(answers).toEqual(['one', 'b']);
  expect(heard()).toBe('First? (a) Second? (b) ');
});

test('a wrong answer is told, and asked for again', async () => {
  const { streams, heard } = person('too long', 'two');
  expect(await Questions.during((questions) => questions.ask('Which?', 'a', isShort), streams)).toBe('two');
  expect(heard()).toBe('Which? (a)   it must be short\nWhich? (a) ');
});

test('a person who leaves has nothing written', async () => {
  const { streams } = person();
  await expect(Questions.during((questions) => questions.ask('Which?', 'a', isShort), streams)).rejects.toThrow(
    'Nothing was written.',
  );
});
