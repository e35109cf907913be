import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findingsOf, lineOf } from '../../lib/checks/testing';
import type { Rule } from '../../lib/rules';
import { diagnose } from '../constructs/compile';
import { espalier, repository, run } from '../repository';
import { runFile } from '../run-file';

const page = readFileSync(join(repository, 'docs', 'own-rules.md'), 'utf8');
/** The rules that the page shows, each with its tree and what is found in it. */
const examples = page
  .split(/^### /m)
  .slice(1)
  .map((section) => ({
    title: section.slice(0, section.indexOf('\n')),
    files: filesOf(section),
    found: /^```text\n(.*?)^```$/ms.exec(section)?.[1] ?? '',
  }));

// Inside the checkout, so that 'cdk8s-espalier/rules' is this checkout's.
const folder = join(repository, 'build', 'own-rules');
const code = [...page.matchAll(/^```typescript\n(.*?)^```$/gms)].map(([, text = '']) => text);

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const { title, files } of examples) {
    for (const [path, text] of files) write(join(folder, nameOf(title), path), text);
    for (const [path, text] of files) if (path.startsWith('rules/')) write(join(folder, path), text);
    const [rule = ''] = [...files.keys()].filter((path) => path.startsWith('rules/'));
    const name = /export const (\w+)/.exec(files.get(rule) ?? '')?.[1];
    const module = `./${rule.replace(/\.ts$/, '')}`;
    write(
      join(folder, nameOf(title), 'espalier.config.ts'),
      `import { ${name} } from '${module}';\nexport default { ownRules: [${name}] };\n`,
    );
  }
  write(join(folder, 'espalier.config.ts'), code[0] ?? '');
  write(join(folder, 'rules', 'owner-label.test.ts'), code[1] ?? '');
});

test('the page has five rules', () => {
  expect(examples.map(({ title }) => title)).toEqual([
    'Every workload has an owner',
    'Images come from registries that are scanned',
    'A namespace reads its own part of Vault',
    'Every database has a backup',
    'Apps wait for the policies',
  ]);
});

test('its rules, its configuration and its test compile, and are linted and formatted as the code of this repository', () => {
  const rules = examples.flatMap(({ files }) => [...files.keys()].filter((path) => path.startsWith('rules/')));
  const names = ['espalier.config.ts', 'rules/owner-label.test.ts', ...rules];
  expect(diagnose(folder, names)).toEqual([]);
  const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout, stderr, code } = run(process.execPath, [
    biome,
    'check',
    '--vcs-enabled=false',
    ...names.map((name) => join(folder, name)),
  ]);
  expect({ code, output: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, output: '' });
});

test.each(examples)('$title: finds what the page says, and nothing else of its own', async ({ title, found }) => {
  const { stdout } = await espalier(['check', 'tree', '--only', 'acme', '--format', 'json'], {
    cwd: join(folder, nameOf(title)),
  });
  const { findings } = JSON.parse(stdout) as { findings: { file: string; line: number; message: string }[] };
  expect(findings.map(({ file, line, message }) => `${file}:${line} ${message}\n`).join('')).toBe(found);
});

test('the test on the page finds what it says', async () => {
  const [, yaml = ''] = /const yaml = `(.*?)`;/s.exec(code[1] ?? '') ?? [];
  const { ownerLabel } = (await runFile(join(folder, 'rules', 'owner-label.ts'))) as { ownerLabel: Rule };
  const [, wanted] = /\n {4}'(tree\.yaml.*)',/.exec(code[1] ?? '') ?? [];
  expect(findingsOf(ownerLabel, { yaml }).map(lineOf)).toEqual([wanted]);
});

/** The files that a section shows, each beneath its path. */
function filesOf(section: string): ReadonlyMap<string, string> {
  return new Map(
    [...section.matchAll(/^`(\S+)`:\n\n```\w+\n(.*?)^```$/gms)].map(([, path = '', text = '']) => [path, text]),
  );
}

function nameOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
