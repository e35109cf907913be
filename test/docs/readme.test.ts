import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, repository, temporaryFolder } from '../repository';

/** The first screen of the README, held against the app that docs/adding-an-app.md adds. */
const readme = readFileSync(join(repository, 'README.md'), 'utf8');
const app = /^```ts\n(.*?)^```$/ms.exec(readFileSync(join(repository, 'docs/adding-an-app.md'), 'utf8'))?.[1] ?? '';
const block = (language: string): string[] =>
  (new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(readme)?.[1] ?? '').trimEnd().split('\n');
const folder = temporaryFolder();

test('the mistake on the first screen is refused with the line that stands below it', async () => {
  const mistake = block('typescript').at(-1);
  expect(mistake).toContain("key('host')");
  const file = join(folder, 'main.ts');
  const lib = JSON.stringify(join(repository, 'lib'));
  const plus = JSON.stringify(require.resolve('cdk8s-plus-28'));
  const code = app.replace('app.synth();', `${mistake}\napp.synth();`);
  writeFileSync(file, code.replace("'cdk8s-espalier'", lib).replace("'cdk8s-plus-28'", plus));

  const { code: exit, stderr } = await espalier(['synth', file, '--output', join(folder, 'dist')]);
  expect({ exit, error: stderr.split('\n')[0] }).toEqual({ exit: 2, error: block('text')[0] });
});

test.each(['README.md', 'docs/check.md'])('what %s shows of espalier check is what it prints', async (page) => {
  const cwd = join(repository, 'test', 'checks', 'trees', 'readme');
  const { stdout } = await espalier(['check', 'clusters'], { cwd });
  expect(readFileSync(join(repository, page), 'utf8')).toContain(
    `$ npx cdk8s-espalier check clusters\n${stdout}\`\`\`\n`,
  );
});

test('what docs/policy.md shows is what espalier policy prints', async () => {
  const page = readFileSync(join(repository, 'docs', 'policy.md'), 'utf8');
  const { stdout } = await espalier(['policy', 'dist']);
  expect(page).toContain(`$ npx cdk8s-espalier policy dist\n${stdout}\`\`\`\n`);
  const [, given] = /^```hcl\n(.*?)^```$/ms.exec(page) ?? [];
  mkdirSync(join(folder, 'vault'));
  writeFileSync(join(folder, 'vault', 'external-secrets.hcl'), given ?? '');
  const args = ['policy', join(repository, 'dist'), '--against', 'vault/external-secrets.hcl'];
  expect(page).toContain(`\n${(await espalier(args, { cwd: folder })).stdout}\`\`\`\n`);
});

test('what docs/documentation.md shows of espalier docs is what it prints', async () => {
  const cwd = join(folder, 'readme');
  cpSync(join(repository, 'test', 'checks', 'trees', 'readme'), cwd, { recursive: true });
  const { stdout: first } = await espalier(['docs', 'clusters'], { cwd });
  const { stdout: second } = await espalier(['docs', 'clusters', '--check'], { cwd });
  expect(readFileSync(join(repository, 'docs', 'documentation.md'), 'utf8')).toContain(
    `$ npx cdk8s-espalier docs clusters\n${first}$ npx cdk8s-espalier docs clusters --check\n${second}\`\`\`\n`,
  );
});

test("npx fetches nothing but this package: another name may be anybody's", () => {
  const pages = readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' }).map(
    (file) => `docs/${file}`,
  );
  const code = readdirSync(join(repository, 'lib'), { recursive: true, encoding: 'utf8' }).map((file) => `lib/${file}`);
  const found = ['README.md', ...pages, ...code]
    .filter((file) => /\.(?:md|ts)$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(repository, file), 'utf8').matchAll(/\bnpx ((?:--?[\w-]+ )*)([\w@][\w@/.-]*)/g)].flatMap(
        ([whole, options = '', name = '']) =>
          options.includes('--no-install ') || /^cdk8s-espalier(?:@|$)/.test(name) ? [] : [`${file}: ${whole}`],
      ),
    );
  expect(found).toEqual([]);
});

test('the first command of the README is the one that works before the package is on npm', () => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  const archive = `cdk8s-espalier-${version}.tgz`;
  expect(readme.split('npx cdk8s-espalier')[0]).toContain(
    `npx --yes --package ../espalier/${archive} espalier check\n`,
  );
  for (const page of ['README.md', 'docs/installation.md', 'docs/ci.md']) {
    const named = readFileSync(join(repository, page), 'utf8').match(/cdk8s-espalier-[\w.]+\.tgz/g) ?? [];
    expect([page, ...named.filter((name) => name !== archive)]).toEqual([page]);
  }
});

test('the README is no longer than a person reads', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(200);
});
