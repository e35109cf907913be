import { environmentVariable, isEspalierError } from '../../lib';
import { refusal } from './synthesize';

const name = 'ESPALIER_TEST_IMAGE_TAG';
afterEach(() => delete process.env[name]);

test('a variable that is set is returned', () => {
  process.env[name] = '1.4.2';
  expect(environmentVariable(name)).toBe('1.4.2');
});

test('a missing variable is refused, and the message says how to set it', () => {
  expect(refusal(() => environmentVariable(name))).toBe(
    `The environment variable ${name} is not set. Set it, for example: ${name}=… espalier synth; or give environmentVariable() a default.`,
  );
});

test('an empty variable counts as missing, and the message says what it is for', () => {
  process.env[name] = '';
  expect(refusal(() => environmentVariable(name, { purpose: 'the image that CI built' }))).toBe(
    `The environment variable ${name} (the image that CI built) is not set. Set it, for example: ${name}=… espalier synth; or give environmentVariable() a default.`,
  );
});

test('the default stands in for a missing variable alone', () => {
  expect(environmentVariable(name, { default: 'dev' })).toBe('dev');
  process.env[name] = '1.4.2';
  expect(environmentVariable(name, { default: 'dev' })).toBe('1.4.2');
});

test('a name that no shell takes is refused', () => {
  expect(refusal(() => environmentVariable('image-tag'))).toBe(
    'environmentVariable: name is "image-tag". Allowed: letters, digits and "_", not beginning with a digit.',
  );
});

test('the refusal is one that the command line prints without a stack trace', () => {
  try {
    environmentVariable(name);
  } catch (error) {
    expect(isEspalierError(error)).toBe(true);
    return;
  }
  throw new Error('Nothing was refused');
});
