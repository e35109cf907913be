import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { espalier, has, repository, run, spawnEspalier, temporaryFolder } from '../repository';

const folder = temporaryFolder();

const flux = `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  retryInterval: 2m
  path: ./app
  prune: true
  wait: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;
const namespace = '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
const wrong =
  '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  port: 8080\n';
const right = wrong.replace('8080', '"8080"');
const alone = `${wrong.replace('shop', 'gone')}`;

/** A folder with these files. */
function tree(name: string, files: Record<string, string>): string {
  const root = join(folder, name);
  for (const [path, text] of Object.entries({ 'flux.yaml': flux, 'app/namespace.yaml': namespace, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const faulty = tree('faulty', { 'app/settings.yaml': wrong });

describe('a configuration that is data reads nothing outside of its repository', () => {
  it.each([
    ['/', 'espalier.config.json: schemas: / lies outside of '],
    ['../faulty', 'espalier.config.json: schemas: ../faulty lies outside of '],
    ['link', 'espalier.config.json: schemas: link lies outside of '],
  ])('no schemas of %s', async (schemas, message) => {
    const cwd = tree('outside', { 'espalier.config.json': JSON.stringify({ schemas: [schemas] }) });
    rmSync(join(cwd, 'link'), { force: true });
    symlinkSync(faulty, join(cwd, 'link'));
    const { code, stderr } = await espalier(['check'], { cwd });
    expect({ code, said: stderr.includes(message) ? message : stderr }).toEqual({ code: 2, said: message });
  });

  it('and is no link', async () => {
    const cwd = tree('linked', { 'elsewhere.txt': 'root:x:0:0: secret' });
    symlinkSync(join(cwd, 'elsewhere.txt'), join(cwd, 'espalier.config.yaml'));
    const { code, stderr } = await espalier(['check'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/error: espalier\.config\.yaml cannot be read: .*ELOOP/);
    expect(stderr).not.toContain('root:');
  });
});

describe('a baseline', () => {
  const config = JSON.stringify({ baseline: 'espalier.baseline' });
  const header =
    '# Findings that are known. `espalier check --write-baseline` writes this file; lines may be deleted.\n';

  it('has what is found, and only what is new is reported then', async () => {
    const cwd = tree('baseline', { 'app/settings.yaml': wrong });
    const written = await espalier(['check', '--write-baseline'], { cwd });
    expect(written).toEqual({
      code: 0,
      stdout:
        'espalier.baseline: 1 finding. Set `baseline: espalier.baseline` in the configuration, and they are known.\n',
      stderr: '',
    });
    const line = 'schema/type\tapp/settings.yaml\tConfigMap shop/settings\tdata.port\n';
    expect(readFileSync(join(cwd, 'espalier.baseline'), 'utf8')).toBe(header + line);
    expect((await espalier(['check'], { cwd })).code).toBe(1);

    writeFileSync(join(cwd, 'espalier.config.json'), config);
    const { code, stdout, stderr } = await espalier(['check'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^No findings: .* checked; 1 known finding\n$/);
    const { counts } = JSON.parse((await espalier(['check', '--format', 'json'], { cwd })).stdout);
    expect(counts).toMatchObject({ known: 1, errors: 0 });

    // Lines above it move it; a second one like it is new.
    writeFileSync(join(cwd, 'app/settings.yaml'), `# one\n# two\n${wrong}`);
    expect((await espalier(['check'], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, 'app/settings.yaml'), `${wrong}  other: 1\n`);
    const more = await espalier(['check'], { cwd });
    expect(more.code).toBe(1);
    expect(more.stdout).toMatch(/data\.other/);
    expect(more.stdout).not.toMatch(/data\.port/);
    expect(more.stdout).toMatch(/; 1 known finding\nIt has a fix: /);
  });

  it('tells what is fixed, where that was looked at', async () => {
    const cwd = tree('stale', {
      'app/settings.yaml': right,
      'espalier.config.json': config,
      'espalier.baseline': `${header}schema/type\tapp/settings.yaml\tConfigMap shop/settings\tdata.port\n`,
    });
    const { code, stderr } = await espalier(['check'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toBe(
      'warning: in espalier.baseline there is 1 finding that is no longer found; `espalier check --write-baseline` writes it anew:\n  schema/type  app/settings.yaml  ConfigMap shop/settings  data.port\n',
    );
    mkdirSync(join(cwd, 'elsewhere'));
    writeFileSync(join(cwd, 'elsewhere/a.yaml'), namespace);
    expect((await espalier(['check', 'elsewhere'], { cwd })).stderr).toBe('');
    expect((await espalier(['check', '--only', 'vault'], { cwd })).stderr).toBe('');
    expect((await espalier(['check', '--write-baseline'], { cwd })).stdout).toBe('espalier.baseline: 0 findings\n');
    expect(readFileSync(join(cwd, 'espalier.baseline'), 'utf8')).toBe(header);
  });

  it.each([
    [['check'], 'baseline: .*espalier\\.baseline does not exist\\. `espalier check --write-baseline` writes it'],
    [['check', '--write-baseline', '--only', 'eso'], '--write-baseline writes the findings of all rules'],
  ])('%j is refused', async (args, message) => {
    const cwd = tree('no-baseline', { 'espalier.config.json': config });
    const { code, stderr } = await espalier(args, { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });

  it('lies inside the repository, where the configuration is data', async () => {
    const cwd = tree('baseline-outside', { 'espalier.config.json': JSON.stringify({ baseline: '../x' }) });
    const { code, stderr } = await espalier(['check'], { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('baseline: ../x lies outside of ') });
  });
});

describe('espalier check', () => {
  it('says nothing of a tree that is right, and ends with 0', async () => {
    const cwd = tree('right', { 'app/settings.yaml': right });
    expect(await espalier(['check'], { cwd })).toEqual({
      code: 0,
      stderr: '',
      stdout: 'No findings: 3 files, 3 resources, 1 Kustomization checked\n',
    });
  });

  it('sees outside of Git, too, what lies beside a folder that paths of Kustomizations begin with', async () => {
    const shop = flux.replace('./app', './dist/app');
    const legacy = flux.replace('name: apps', 'name: legacy').replace('./app', './legacy');
    const cwd = tree('beside', {
      'dist/flux.yaml': shop + legacy,
      'dist/app/namespace.yaml': namespace,
      'legacy/settings.yaml': wrong,
    });
    const { code, stdout } = await espalier(['check', 'dist'], { cwd });
    expect({ code, found: stdout.match(/^\S+\.yaml\n.*/gm) }).toEqual({
      code: 1,
      found: ['legacy/settings.yaml\n  error 8:9 `data.port` must be a string, and is an integer  schema/type'],
    });
  });

  it('shows what is wrong, where, and how to fix it, and ends with 1', async () => {
    expect(await espalier(['check'], { cwd: faulty })).toEqual({
      code: 1,
      stderr: '',
      stdout: `app/settings.yaml
  error 8:9 \`data.port\` must be a string, and is an integer  schema/type
      7 | data:
    > 8 |   port: 8080
        |         ^
    object: ConfigMap shop/settings
    fix: Write it in quotes.

1 error in 1 file; 3 files, 3 resources, 1 Kustomization checked
It has a fix: espalier check --fix --dry-run shows it.
`,
    });
  });

  it('says how many findings have a fix, unless it has just made it, or cannot', async () => {
    const two = `${wrong}  more: 1\n`;
    const cwd = tree('fixable', { 'app/settings.yaml': two, 'app/twice.yaml': '- 1\n' });
    const last = async (...args: readonly string[]) =>
      (await espalier(['check', ...args], { cwd })).stdout.trimEnd().split('\n').at(-1);
    expect(await last()).toBe('2 of them have a fix: espalier check --fix --dry-run shows it.');
    expect(await last('--fix', '--dry-run')).toMatch(/checked$/);
  });

  it('names files from where it runs', async () => {
    const { stdout } = await espalier(['check', 'faulty'], { cwd: folder });
    expect(stdout).toContain('faulty/app/settings.yaml\n');
  });

  it.each([
    ['never', 0],
    ['error', 1],
    ['warning', 1],
  ])('--fail-on %s ends with %s where there are errors', async (level, code) => {
    expect(await espalier(['check', '--fail-on', level], { cwd: faulty })).toMatchObject({ code });
  });

  it('prints JSON of a stable shape', async () => {
    const { stdout } = await espalier(['check', '--format', 'json'], { cwd: faulty });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      findings: [{ rule: 'schema/type', severity: 'error', file: 'app/settings.yaml', line: 8, column: 9 }],
    });
  });

  it('reports only what is asked for', async () => {
    expect(await espalier(['check', '--only', 'vault'], { cwd: faulty })).toMatchObject({ code: 0 });
    expect(await espalier(['check', '--only', 'schema/type'], { cwd: faulty })).toMatchObject({ code: 1 });
  });

  it('checks one file', async () => {
    expect(await espalier(['check', 'app/settings.yaml'], { cwd: faulty })).toMatchObject({ code: 1 });
  });

  const git = has('git') ? it : it.skip;

  git('checks the tree of a Git revision, whatever lies in the folder', async () => {
    const cwd = tree('revisions', { 'app/settings.yaml': wrong });
    const commit = (message: string) => {
      run('git', ['add', '-A'], { cwd });
      run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', message], { cwd });
    };
    run('git', ['init', '-q'], { cwd });
    commit('wrong');
    writeFileSync(join(cwd, 'app/settings.yaml'), right);
    commit('right');
    expect(await espalier(['check', '--rev', 'HEAD~1'], { cwd })).toMatchObject({ code: 1 });
    expect(await espalier(['check', '--rev', 'HEAD'], { cwd })).toMatchObject({ code: 0 });
  });

  it('tells what the cluster’s release of Kubernetes does not have, by option or configuration', async () => {
    const cwd = tree('release', {
      'app/pod.yaml':
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: shop }\nspec: { hostnameOverride: a, containers: [{ name: a, image: "a:1" }] }\n',
      'app/claim.yaml':
        '---\napiVersion: resource.k8s.io/v1\nkind: ResourceClaim\nmetadata: { name: a, namespace: shop }\n',
      'app/flow.yaml':
        '---\napiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: { name: a }\nspec: { priorityLevelConfiguration: { name: a } }\n',
    });
    const told = async (...args: string[]) => {
      const { stdout } = await espalier(['check', '--only', 'schema', '--format', 'json', ...args], { cwd });
      const { findings } = JSON.parse(stdout) as { findings: { rule: string; message: string }[] };
      return findings.map(({ rule, message }) => `${rule} ${message}`);
    };
    const of133 = [
      'schema/api-version ResourceClaim has no version resource.k8s.io/v1: Kubernetes has had it since 1.34; it is served as resource.k8s.io/v1alpha3, resource.k8s.io/v1beta1, resource.k8s.io/v1beta2',
      'schema/api-version FlowSchema has no version flowcontrol.apiserver.k8s.io/v1beta3: Kubernetes 1.32 has removed it; it is served as flowcontrol.apiserver.k8s.io/v1',
      'schema/unknown-field unknown field `hostnameOverride` in `spec`: Kubernetes has had it since 1.34 (Flux drops it without a message)',
    ];
    expect(await told('--kubernetes', '1.33')).toEqual(of133);
    writeFileSync(join(cwd, 'espalier.config.yaml'), 'kubernetes: "1.33"\n');
    expect(await told()).toEqual(of133);
    expect(await told('--kubernetes', '1.37')).toEqual(of133.slice(1, 2));
    expect(await told('--kubernetes', '1.31')).toContain(
      'schema/deprecated-version FlowSchema is written in flowcontrol.apiserver.k8s.io/v1beta3, which is deprecated, and Kubernetes 1.32 removes it',
    );
  });

  it('takes schemas of further kinds from a folder, and names kinds that it has none of', async () => {
    const cwd = tree('kinds', {
      'app/thing.yaml':
        '---\napiVersion: example.com/v1\nkind: Thing\nmetadata: { name: a, namespace: shop }\nspec: { size: big }\n',
    });
    const without = await espalier(['check'], { cwd });
    expect({
      code: without.code,
      said: without.stdout.includes('there is no schema for example.com/v1 Thing'),
    }).toEqual({
      code: 0,
      said: true,
    });
    const schemas = join(folder, 'schemas', 'example.com');
    mkdirSync(schemas, { recursive: true });
    const schema = {
      type: 'object',
      properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
    };
    writeFileSync(join(schemas, 'thing_v1.json'), JSON.stringify(schema));
    const { code, stdout } = await espalier(['check', '--schemas', join(folder, 'schemas')], { cwd });
    expect({ code, said: stdout.includes('`spec.size` must be an integer, and is a string') }).toEqual({
      code: 1,
      said: true,
    });
  });
});

describe('the configuration', () => {
  it('turns rules off, changes their severity and names what is made elsewhere', async () => {
    const cwd = tree('configured', {
      'app/settings.yaml': alone,
      'espalier.config.yaml': 'rules: { schema/type: warning }\nexternal: [Namespace/gone]\n',
    });
    const { code, stdout } = await espalier(['check'], { cwd });
    expect({ code, summary: stdout.trimEnd().split('\n').at(-2) }).toEqual({
      code: 0,
      summary: '1 warning in 1 file; 4 files, 3 resources, 1 Kustomization checked',
    });
    writeFileSync(join(cwd, 'espalier.config.yaml'), 'rules: { schema/type: "off" }\n');
    expect(await espalier(['check', '--only', 'schema'], { cwd })).toMatchObject({ code: 0 });
  });

  it.each([
    ['json', '{ "failOn": "warning", "rules": { "schema/type": "warning" } }'],
    ['mjs', "export default { failOn: 'warning', rules: { 'schema/type': 'warning' } };"],
    ['cjs', "module.exports = { failOn: 'warning', rules: { 'schema/type': 'warning' } };"],
    ['ts', "export default { failOn: 'warning' as const, rules: { 'schema/type': 'warning' } };"],
    [
      'mts',
      "import { defineConfig } from 'cdk8s-espalier/config';\nexport default defineConfig({ failOn: 'warning', rules: { 'schema/type': 'warning' } });",
    ],
  ])('may be %s', async (ending, text) => {
    const cwd = tree(`config-${ending}`, { 'app/settings.yaml': wrong, [`espalier.config.${ending}`]: text });
    if (ending === 'ts')
      return expect(
        spawnEspalier(['check', '--config', join(cwd, 'espalier.config.ts')], { cwd: repositoryFolder(cwd) }).code,
      ).toBe(1);
    const { code, stdout } = await espalier(['check'], { cwd });
    expect({ code, warned: stdout.includes('warning 8:9') }).toEqual({ code: 1, warned: true });
  });

  it.each([
    [
      'rule: {}',
      'there is no setting "rule"; did you mean rules? The settings are rules, ownRules, ruleSets, failOn, policies, kyverno, schemas, kubernetes, charts, external, baseline.',
    ],
    ['kubernetes: 1.30', 'kubernetes must be a release of Kubernetes in quotes, such as "1.34".'],
    ['kubernetes: "1.12"', 'it must be a release whose kinds are known: 1.29 to 1.37, such as 1.36.'],
    ['rules: { schema/typ: "off" }', 'rules has "schema/typ", which is not a rule; did you mean schema/type?'],
    [
      'rules: { schema/type: loud }',
      'rules must be "off", "info", "warning", "error" or { severity, options } for each rule, and is "loud" for schema/type.',
    ],
    ['failOn: always', 'failOn must be "error", "warning" or "never".'],
    [
      'external: [sops-age]',
      'external must be a list of objects, each written as Kind/namespace/name, or as Kind/name if it has no namespace.',
    ],
    ['- 1', 'must be (or export as default) an object.'],
  ])('that says %s is refused with what is allowed', async (text, message) => {
    const cwd = tree('refused', { 'espalier.config.yaml': text });
    const { code, stderr } = await espalier(['check'], { cwd });
    expect({ code, said: stderr.includes(message) ? message : stderr }).toEqual({ code: 2, said: message });
  });
});

describe('a configuration in JSON', () => {
  it.each([
    ['{ "rules": {\n  "schema/type": "off"\n', 'line 3, column 1: it ends too early: a "}" is missing.'],
    ['{ "failOn": ', 'line 1, column 13: it ends too early: a value is missing.'],
    ['{ "failOn": "error', 'line 1, column 13: a closing quotation mark is missing.'],
    ['{ failOn: "error" }', 'line 1, column 3: failOn must stand in double quotes.'],
    ['{ "failOn": "error" "rules": {} }', 'line 1, column 21: a "," is missing.'],
    ['{ "failOn": "error" }}', 'line 1, column 22: nothing may follow the end of the object.'],
  ])('that is %j is refused in words of JSON', async (text, message) => {
    const cwd = tree('json-refused', { 'espalier.config.json': text });
    expect(await espalier(['check'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: espalier.config.json cannot be read: ${message}\n`,
    });
  });

  it('may have comments', async () => {
    const cwd = tree('json-comments', {
      'app/settings.yaml': wrong,
      'espalier.config.json': '{\n  // until March\n  "rules": { "schema/type": "off", },\n}\n',
    });
    expect(await espalier(['check'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  });
});

/** TypeScript needs tsx, which the checkout has. */
function repositoryFolder(_: string): string {
  return repository;
}

describe('a folder that is none of Flux', () => {
  const said = async (cwd: string, ...args: string[]) => {
    const { code, stderr } = await espalier(['check', ...args], { cwd });
    return { code, stderr };
  };

  it('is named, where its YAML is of something else', async () => {
    const cwd = join(folder, 'compose');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'docker-compose.yaml'), 'services: { shop: { image: shop } }\n');
    writeFileSync(join(cwd, 'notes.txt'), 'hello\n');
    const stderr = 'error: . has no objects of Kubernetes in its YAML. Name the folder of a Flux tree.\n';
    expect(await said(cwd)).toEqual({ code: 2, stderr });
    expect(await said(cwd, 'notes.txt')).toEqual({ code: 2, stderr: stderr.replace('.', 'notes.txt') });
  });

  (has('git') ? it : it.skip)('is named with the line that has Git ignore it', async () => {
    const cwd = tree('ignored', { '.gitignore': '# made\n*.yaml\n' });
    run('git', ['init', '-q'], { cwd });
    expect(await said(cwd)).toEqual({
      code: 2,
      stderr:
        'error: . has no objects of Kubernetes but in files that Git ignores, such as app/namespace.yaml (.gitignore:2: *.yaml). Flux sees what is committed: take the pattern out, or name another folder.\n',
    });
  });
});

describe('an annotation', () => {
  const annotated = (line: string, text = wrong) =>
    text.replace('  namespace: shop\n', `  namespace: shop\n  annotations:\n    espalier/ignore: |\n      ${line}\n`);
  const last = async (name: string, text: string) => {
    const { code, stdout } = await espalier(['check'], { cwd: tree(name, { 'app/settings.yaml': text }) });
    return { code, rules: [...new Set([...stdout.matchAll(/ {2}([a-z]+\/[a-z-]+)$/gm)].map(([, rule]) => rule))] };
  };

  it('with a reason turns a rule off for its object, and the summary counts it', async () => {
    const cwd = tree('suppressed', { 'app/settings.yaml': annotated('schema/type: a controller fixes it') });
    expect((await espalier(['check'], { cwd })).stdout).toBe(
      'No findings: 3 files, 3 resources, 1 Kustomization checked; 1 suppressed\n',
    );
  });

  it('counts for its object alone, also in a List', async () => {
    const listed = (...objects: string[]) =>
      `apiVersion: v1\nkind: List\nitems:\n${objects
        .map(
          (text) =>
            `  - ${text
              .replace(/^---\n/, '')
              .trimEnd()
              .replaceAll('\n', '\n    ')}\n`,
        )
        .join('')}`;
    const off = annotated('schema/type: a controller fixes it');
    expect(await last('listed', listed(off))).toEqual({ code: 0, rules: [] });
    const other = wrong.replace('name: settings', 'name: others');
    expect(await last('listed-beside', listed(off, other))).toEqual({ code: 1, rules: ['schema/type'] });
    expect(await last('listed-unused', listed(annotated('schema/type: because', right)))).toEqual({
      code: 0,
      rules: ['espalier/unused-suppression'],
    });
  });

  it('without a reason, or of no rule, has no effect and is an error', async () => {
    expect(await last('no-reason', annotated('schema/type'))).toEqual({
      code: 1,
      rules: ['espalier/bad-suppression', 'schema/type'],
    });
    expect(await last('no-rule', annotated('schema/typo: because', right))).toEqual({
      code: 1,
      rules: ['espalier/bad-suppression'],
    });
  });

  it('that nothing needs is a warning', async () => {
    expect(await last('unused', annotated('schema/type: because', right))).toEqual({
      code: 0,
      rules: ['espalier/unused-suppression'],
    });
  });
});

describe('wrong input', () => {
  it.each([
    [['check', 'nowhere'], 'nowhere'],
    [
      ['check', '--format', 'xml'],
      '--format "xml": it must be one of pretty, json, sarif, github, gitlab, azure, junit, markdown.',
    ],
    [['check', '--fail-on', 'info'], '--fail-on "info": it must be one of error, warning, never.'],
    [
      ['check', '--only', 'secrets/missing-kee'],
      '--only "secrets/missing-kee": there is no such rule; did you mean secrets/missing-key? `espalier explain` lists all rules.',
    ],
    [['check', '--only', 'nothing'], '--only "nothing": there is no such rule. `espalier explain` lists all rules.'],
    [
      ['check', '--schemas', 'nowhere'],
      'schemas: there is no folder nowhere. Correct --schemas, or schemas in the configuration.',
    ],
    [
      ['check', '--config', 'nowhere.json'],
      'nowhere.json does not exist. Name an existing file, or leave --config out.',
    ],
    [['check', '--rev=-x'], '-x'],
    [['explain', 'schema/typ'], 'there is no rule "schema/typ"; did you mean schema/type?'],
  ])('%j ends with 2 and says why, without a stack trace', async (args, message) => {
    const { code, stderr } = await espalier(args, { cwd: faulty });
    expect({ code, said: stderr.includes(message) ? message : stderr, trace: /^\s+at .*\(/m.test(stderr) }).toEqual({
      code: 2,
      said: message,
      trace: false,
    });
  });

  it('a folder without YAML ends with 2', async () => {
    const cwd = join(folder, 'empty');
    mkdirSync(cwd);
    expect(await espalier(['check'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: . has no YAML files. Name the folder of a Flux tree.\n',
    });
  });
});

describe('espalier explain', () => {
  it('says which severity the configuration gives a rule', async () => {
    const cwd = join(folder, 'explain');
    mkdirSync(cwd, { recursive: true });
    writeFileSync(
      join(cwd, 'espalier.config.json'),
      '{ "rules": { "schema/type": "info", "schema/list-key": "error" } }',
    );
    expect((await espalier(['explain', 'schema/type'], { cwd })).stdout).toMatch(
      /^schema\/type \(error; info in the configuration\)\n/,
    );
    expect((await espalier(['explain', 'schema/list-key'], { cwd })).stdout).toMatch(/^schema\/list-key \(error\)\n/);
    expect((await espalier(['explain', 'pod-security/level'], { cwd })).stdout).toMatch(
      /^pod-security\/level \(error; off unless ruleSets has pod-security\)\n/,
    );
  });

  it('tells programs what --fix does, which options there are and what the configuration makes of the rule', async () => {
    const told = async (rule: string) =>
      JSON.parse((await espalier(['explain', rule, '--format', 'json'], { cwd: join(folder, 'explain') })).stdout);
    expect(await told('flux/no-retry-interval')).toMatchObject({
      rules: [
        {
          fixes: 'Set spec.retryInterval to 2m.',
          options: [{ name: 'interval', default: '10m', configured: '10m' }],
          configured: 'warning',
        },
      ],
    });
    expect((await told('schema/type')).rules[0]).toMatchObject({ severity: 'error', configured: 'info', options: [] });
    expect((await told('pod-security/level')).rules[0]).toMatchObject({ severity: 'error', configured: 'off' });
    expect(await told('eso/two-owners')).not.toHaveProperty('rules.0.fixes');
  });

  it('tells of a rule what happens at run time, how to fix it and how to turn it off', async () => {
    expect(await espalier(['explain', 'schema/list-key'])).toEqual({
      code: 0,
      stderr: '',
      stdout: `schema/list-key (error)
Two items of a list with the same key

At run time:  The server-side apply fails with "duplicate entries for key", and nothing of the whole Kustomization is applied.
Fix:          Merge the two items, or give one of them another key.
Source:       https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy

To turn it off for one object, with the reason:

  metadata:
    annotations:
      espalier/ignore: |
        schema/list-key: …

For the whole tree, in espalier.config.ts:

  export default { rules: { 'schema/list-key': 'off' } };
`,
    });
  });

  it('lists all rules, or those of a system', async () => {
    const all = (await espalier(['explain'])).stdout.trimEnd().split('\n');
    const ofSchemas = (await espalier(['explain', 'schema'])).stdout.trimEnd().split('\n');
    expect(all.length).toBeGreaterThan(ofSchemas.length);
    expect(ofSchemas.every((line) => line.startsWith('schema/'))).toBe(true);
  });
});

describe('the tree that was written by hand', () => {
  it('has every one of its faults reported at its line', async () => {
    const { stdout } = await espalier(['check', '--format', 'json', 'test/checks/trees/by-hand']);
    const found = (JSON.parse(stdout) as { findings: { rule: string; file: string; line: number; message: string }[] })
      .findings;
    const shown = found.map(
      ({ rule, file, line, message }) => `${file.split('/by-hand/')[1]}:${line} ${rule} ${message}`,
    );
    expect(`${shown.join('\n')}\n`.replaceAll('test/checks/trees/by-hand/', '')).toBe(
      readFileSync(join(repository, 'test/checks/trees/by-hand.txt'), 'utf8'),
    );
  });
});
