import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
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
const examples = pages.flatMap((page) => {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ''], i) => ({
    name: `${relative(repository, page)} #${i + 1}`,
    file: `${relative(repository, page).replace(/\W+/g, '-')}-${i + 1}.ts`,
    code,
    text,
  }));
});
/** Pages of the cookbook have one example, and the files that it reads and writes. */
const recipes = examples.filter(({ name }) => name.startsWith(join('docs', 'cookbook')));

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

test.each(examples.filter((example) => !recipes.includes(example)))('$name synthesizes', async ({ file }) => {
  const outdir = join(output, file);
  const { code, stderr } = await espalier(['synth', join(folder, file), '--output', outdir]);
  // What a tenant applies is in no tree but the tenant's.
  const elsewhere =
    /^(?:Not judged: .* (?:its files come from|files that no Kustomization applies).*\n)+\nNo findings: .*\n/;
  expect({ code, stderr: stderr.replace(elsewhere, '') }).toEqual({ code: 0, stderr: '' });
  expect(readdirSync(outdir)).toContain('kubernetes');
});

test.each(recipes)('$name yields the YAML that it shows, and has no findings', async ({ file, text }) => {
  const cwd = join(output, file);
  const shown = yamlOf(text);
  for (const [path, yaml] of shown.filter(([path]) => !path.startsWith('dist/'))) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), yaml);
  }
  mkdirSync(cwd, { recursive: true });
  expect(await espalier(['synth', join(folder, file)], { cwd })).toMatchObject({ code: 0, stderr: '' });
  expect((await espalier(['check', 'dist'], { cwd })).stdout).toMatch(/^(Not judged: .*\n\n)?No findings: /);
  const made = shown.filter(([path]) => path.startsWith('dist/'));
  expect(made).not.toEqual([]);
  for (const [path, yaml] of made) expect(`\n${readFileSync(join(cwd, path), 'utf8')}`).toContain(`\n${yaml}`);
});

test('the index of the cookbook, which the README links, names all of its pages', () => {
  const names = readdirSync(join(repository, 'docs', 'cookbook')).filter((name) => name !== 'README.md');
  const index = readFileSync(join(repository, 'docs', 'cookbook', 'README.md'), 'utf8');
  expect([...index.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, name]) => name).sort()).toEqual(names.sort());
  expect(recipes).toHaveLength(names.length);
  expect(readFileSync(join(repository, 'README.md'), 'utf8')).toContain('](docs/cookbook/README.md)');
});

/** The blocks of YAML on a page, each with the path that stands above it: `dist/…`, or what the example reads. */
function yamlOf(page: string): [path: string, yaml: string][] {
  let path = '';
  return [...page.matchAll(/^`(\S+)`:$|^```yaml\n(.*?)^```$/gms)].flatMap(([, above, yaml]) => {
    if (above !== undefined) path = above;
    return yaml === undefined ? [] : [[path, yaml] as [string, string]];
  });
}
