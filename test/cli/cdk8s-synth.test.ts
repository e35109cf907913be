import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cdk8sSynth } from '../../lib/cli/cdk8s-synth';
import { temporaryFolder } from '../repository';

const folder = temporaryFolder();
const here = process.cwd();
afterEach(() => {
  process.chdir(here);
  delete process.env.CDK8S_OUTDIR;
});

/** What is said of trees that go to these folders, with this output in cdk8s.yaml. */
function synth(output: string, outdirs: readonly string[]) {
  mkdirSync(folder, { recursive: true });
  process.chdir(folder);
  writeFileSync('cdk8s.yaml', `language: typescript\napp: npx espalier synth\n${output}\n`);
  return cdk8sSynth(outdirs.map((outdir) => join(process.cwd(), outdir)));
}

test.each([
  ['output: .', ['.'], 'all of the project'],
  ['output: "./" # the root', ['dist'], 'all of the project'],
  ['output: ..', ['dist'], 'all of the project'],
  ["output: 'kubernetes'", ['dist', 'kubernetes/apps'], 'all of kubernetes/apps'],
])('%s with trees in %j is refused before cdk8s empties it', (output, outdirs, what) => {
  expect(() => synth(output, outdirs)).toThrow(what);
});

test.each([
  ['output: build/cdk8s', ['.']],
  ['output: dist', ['dist']],
  ['# output: .', ['.']],
])('%s with trees in %j is fine', (output, outdirs) => {
  expect(synth(output, outdirs)).toEqual({ copyTo: undefined, writeTree: true });
});

test('what cdk8s asks for counts, whatever its file says', () => {
  process.env.CDK8S_OUTDIR = '.';
  expect(() => synth('output: build/cdk8s', ['dist'])).toThrow('cdk8s.yaml: output: .: cdk8s synth deletes');
});
