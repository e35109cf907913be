import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { diagnose } from '../constructs/compile';
import { espalier, repository, run, temporaryFolder } from '../repository';

/** Every TypeScript block of the README and of docs/ is a whole main.ts: it compiles, and it synthesizes. */
const pages = [
  join(repository, 'README.md'),
  ...readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(repository, 'docs', file))
    .sort(),
];
const examples = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ''], i) => ({
    name: `${relative(repository, page)} #${i + 1}`,
    file: `${relative(repository, page).replace(/\W+/g, '-')}-${i + 1}.ts`,
    code,
  })),
);

// Inside the checkout, so that 'cdk8s-espalier' is this checkout's lib/.
const folder = join(repository, 'build', 'examples');
const output = temporaryFolder();

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, code } of examples) writeFileSync(join(folder, file), code);
  const config = { extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
});

test('the README and the pages of docs/ have examples', () => {
  expect(examples.map(({ name }) => name)).toEqual(expect.arrayContaining(['README.md #1']));
});

test('every example compiles under the strict settings of this repository', () => {
  const names = examples.map(({ file }) => file);
  expect(diagnose(folder, names)).toEqual([]);
});

test('every example is linted and formatted as the code of this repository', () => {
  const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome');
  // build/ is ignored by Git, and so by Biome where it asks Git.
  const files = examples.map(({ file }) => join(folder, file));
  const { stdout, stderr, code } = run(process.execPath, [biome, 'check', '--vcs-enabled=false', ...files]);
  expect({ code, output: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, output: '' });
});

test.each(examples)('$name synthesizes', async ({ file }) => {
  const outdir = join(output, file);
  const { code, stderr } = await espalier(['synth', join(folder, file), '--output', outdir]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readdirSync(outdir)).toContain('kubernetes');
});
