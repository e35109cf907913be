import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { espalier, temporaryFolder } from '../repository';

const folder = temporaryFolder();
let made = 0;

/** A working directory with these files. */
function project(files: Readonly<Record<string, string>> = {}): string {
  made += 1;
  const cwd = join(folder, String(made));
  mkdirSync(cwd);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  return cwd;
}

const definition = (kind: string, spec: object = {}) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.toLowerCase()}s.example.com`, annotations: { note: 'x' } },
  spec: {
    group: 'example.com',
    names: { kind, plural: `${kind.toLowerCase()}s` },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            description: 'for people',
            type: 'object',
            properties: {
              spec: { type: 'object', properties: { size: { type: 'integer', description: 'how large' } }, ...spec },
              status: { type: 'object' },
            },
          },
        },
      },
      { name: 'v1alpha1', served: false, storage: false },
    ],
  },
});
const thing = JSON.stringify(definition('Thing'));
const kept = `{
  "apiVersion": "apiextensions.k8s.io/v1",
  "kind": "CustomResourceDefinition",
  "spec": {
    "group": "example.com",
    "names": {"kind":"Thing"},
    "scope": "Namespaced",
    "versions": [
      {
        "name": "v1",
        "schema": {
          "openAPIV3Schema": {"properties":{"spec":{"properties":{"size":{"type":"integer"}},"type":"object"}},"type":"object"}
        },
        "served": true
      }
    ]
  }
}
`;
const pathOf = (kind: string) => `.espalier/schemas/example.com/${kind.toLowerCase()}.json`;

describe('schemas add keeps', () => {
  it('the definitions of a file of several documents, without descriptions, and check reads them', async () => {
    const rule = { 'x-kubernetes-validations': [{ rule: 'self.size < 3', message: 'must be small' }] };
    const cwd = project({
      'all.yaml': `---\n${thing}\n---\n${JSON.stringify(definition('Other', rule))}\n---\napiVersion: v1\nkind: Namespace\n`,
      'app/thing.yaml':
        '---\napiVersion: example.com/v1\nkind: Thing\nmetadata: { name: a, namespace: shop }\nspec: { sise: 1 }\n',
      'app/other.yaml':
        '---\napiVersion: example.com/v1\nkind: Other\nmetadata: { name: a, namespace: shop }\nspec: { size: 4 }\n',
      'app/kustomization.yaml': 'resources: [thing.yaml, other.yaml]\n',
    });
    expect((await espalier(['check', 'app'], { cwd })).stdout).toContain(
      'there is no schema for example.com/v1 Thing: the fields of 1 object are not checked; add its schema with espalier schemas add',
    );
    expect(await espalier(['schemas', 'add', 'all.yaml'], { cwd })).toEqual({
      code: 0,
      stdout: `${pathOf('Other')}: Other v1\n${pathOf('Thing')}: Thing v1\n2 kinds kept\n`,
      stderr: '',
    });
    expect(readFileSync(join(cwd, pathOf('Thing')), 'utf8')).toBe(kept);
    const { code, stdout } = await espalier(['check', 'app'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain(
      'unknown field `sise` in `spec`; did you mean `size`? (the API server refuses the object)',
    );
    expect(stdout).toContain('`spec` is refused: must be small');
    expect((await espalier(['schemas', 'add', 'all.yaml'], { cwd })).stdout).toBe('0 kinds kept; 2 kept already\n');
  });

  it('those of a folder, only of the kinds that are asked for', async () => {
    const cwd = project({ 'crds/a.yml': thing, 'crds/more/b.json': JSON.stringify([definition('Ignored')]) });
    writeFileSync(join(cwd, 'crds/c.json'), JSON.stringify({ kind: 'List', items: [definition('Other')] }));
    expect((await espalier(['schemas', 'add', 'crds', '--only', 'other'], { cwd })).stdout).toBe(
      `${pathOf('Other')}: Other v1\n1 kind kept\n`,
    );
    expect((await espalier(['schemas', 'add', 'crds', '--only', 'example.com'], { cwd })).stdout).toContain(
      '1 kept already',
    );
    expect(await espalier(['schemas', 'add', 'crds', '--only', 'Nothing'], { cwd })).toMatchObject({
      code: 2,
      stderr: 'error: --only Nothing: the sources have no such kind or group.\n',
    });
  });

  it('JSON Schemas under their names', async () => {
    const schema = {
      title: 'Thing',
      type: 'object',
      properties: { spec: { $ref: '#/definitions/spec' } },
      definitions: { spec: { description: 'x', type: 'object', properties: { title: {} } } },
    };
    const cwd = project({ 'example.com/thing_v2.json': JSON.stringify(schema) });
    await espalier(['schemas', 'add', 'example.com'], { cwd });
    const text = readFileSync(join(cwd, '.espalier/schemas/example.com/thing_v2.json'), 'utf8');
    expect(JSON.parse(text)).toEqual({
      type: 'object',
      properties: { spec: { $ref: '#/definitions/spec' } },
      definitions: { spec: { type: 'object', properties: { title: {} } } },
    });
  });

  it.each(['swagger', 'openapi'])('the kinds of %s that are not of Kubernetes’ own', async (version) => {
    const below = version === 'swagger' ? '#/definitions/' : '#/components/schemas/';
    const gvk = (kind: string, group: string) => ({
      'x-kubernetes-group-version-kind': [{ group, kind, version: 'v1' }],
    });
    const metadata = { allOf: [{ $ref: `${below}meta.ObjectMeta` }], description: 'x' };
    const definitions = {
      'a.Thing': {
        type: 'object',
        properties: {
          metadata: version === 'swagger' ? metadata.allOf[0] : metadata,
          spec: { $ref: `${below}a.Spec` },
        },
        ...gvk('Thing', 'example.com'),
      },
      'a.Spec': { type: 'object', properties: { size: { type: 'integer' } } },
      'apps.Deployment': { type: 'object', properties: { metadata }, ...gvk('Deployment', 'apps') },
      'meta.ObjectMeta': { type: 'object', properties: { name: { type: 'string' } } },
    };
    const open =
      version === 'swagger'
        ? { swagger: '2.0', definitions }
        : { openapi: '3.0.0', components: { schemas: definitions } };
    const cwd = project({ 'open.json': JSON.stringify(open) });
    expect((await espalier(['schemas', 'add', 'open.json'], { cwd })).stdout).toBe(
      `${pathOf('Thing')}: Thing v1\n1 kind kept\n`,
    );
    expect(
      JSON.parse(readFileSync(join(cwd, pathOf('Thing')), 'utf8')).spec.versions[0].schema.openAPIV3Schema,
    ).toEqual({
      type: 'object',
      properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
    });
  });
});

describe('from a URL', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer(({ url: path = '' }, response) => {
      if (path.startsWith('/crds')) response.end(thing);
      else if (path.startsWith('/away')) response.writeHead(302, { location: 'http://example.invalid/crds' }).end();
      else response.writeHead(404).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());
  const allowing = () =>
    project({ 'espalier.config.json': JSON.stringify({ charts: { hosts: [new URL(url).host] } }) });

  it('it is downloaded', async () => {
    const cwd = allowing();
    expect((await espalier(['schemas', 'add', `${url}/crds.yaml?token=s3cret`], { cwd })).stdout).toContain(
      '1 kind kept',
    );
  });

  it.each([
    ['/none?token=s3cret', /none answers 404\. Correct the URL, or download it yourself and give the file\.$/],
    ['/away', /^error: http:\/\/example\.invalid speaks plain HTTP, which anybody on the way can change\./],
  ])('%s is told', async (path, message) => {
    const { code, stderr } = await espalier(['schemas', 'add', url + path], { cwd: allowing() });
    expect(code).toBe(2);
    expect(stderr.trim()).toMatch(message);
    expect(stderr).not.toContain('s3cret');
  });

  it.each([
    [
      'http://example.com/crds.yaml',
      'http://example.com speaks plain HTTP, which anybody on the way can change. If you trust it, allow it in the configuration: charts: { hosts: ["example.com"] }.',
    ],
    [
      'https://me:s3cret@example.com/a',
      'https://example.com/a is not read with credentials. Download it yourself, and give the file.',
    ],
  ])('%s is refused', async (source, message) => {
    expect(await espalier(['schemas', 'add', source], { cwd: project() })).toMatchObject({
      code: 2,
      stderr: `error: ${message}\n`,
    });
  });
});

describe('from a cluster', () => {
  const { PATH } = process.env;
  afterEach(() => {
    process.env.PATH = PATH;
  });
  const kubectl = (script: string): void => {
    const bin = project({ kubectl: `#!/bin/sh\n${script}` });
    chmodSync(join(bin, 'kubectl'), 0o755);
    process.env.PATH = `${bin}${delimiter}${PATH}`;
  };

  it('the definitions are what kubectl gets of the context', async () => {
    const cwd = project({ 'list.json': JSON.stringify({ kind: 'List', items: [definition('Thing')] }) });
    kubectl(
      `[ "$*" = "get customresourcedefinitions.apiextensions.k8s.io -o json --context=home" ] && cat '${cwd}/list.json'`,
    );
    expect((await espalier(['schemas', 'add', 'cluster:home'], { cwd })).stdout).toBe(
      `${pathOf('Thing')}: Thing v1\n1 kind kept\n`,
    );
  });

  it('it is told why kubectl fails, and that there is none', async () => {
    kubectl('echo "error: context \\"home\\" does not exist" >&2; exit 1');
    expect((await espalier(['schemas', 'add', 'cluster:home'], { cwd: project() })).stderr).toBe(
      'error: cluster home cannot be read: error: context "home" does not exist\n',
    );
    process.env.PATH = project();
    expect((await espalier(['schemas', 'add', 'cluster:'], { cwd: project() })).stderr).toBe(
      'error: kubectl is not on the PATH. Install it, or save the output of `kubectl get crd -o json` where there is one, and give the file.\n',
    );
  });
});

describe('mistakes are told', () => {
  it.each([
    [[], 'name a source: espalier schemas add FILE, FOLDER, URL or cluster:CONTEXT.'],
    [['add'], 'name a source: espalier schemas add FILE, FOLDER, URL or cluster:CONTEXT.'],
    [['list'], 'there is no `schemas list`: espalier schemas add FILE, FOLDER, URL or cluster:CONTEXT.'],
    [
      ['add', 'none.yaml'],
      'none.yaml does not exist. Give a file, a folder, a URL that begins with https://, or cluster:CONTEXT.',
    ],
    [
      ['add', 'secret.yaml'],
      'secret.yaml has no schemas: 1 document, none of which is one. It should have CustomResourceDefinitions, JSON Schemas named {group}/{kind}_{version}.json, or OpenAPI.',
    ],
    [['add', 'half.json'], /^half\.json cannot be read as JSON: /],
    [['add', 'wrong.yaml'], /^wrong\.yaml:3: /],
    [
      ['add', 'core/pod_v1.json'],
      'core/pod_v1.json has only kinds of Kubernetes itself, which come with Espalier. Choose the release of the cluster with --kubernetes.',
    ],
  ])('%j', async (args, message) => {
    const cwd = project({
      'secret.yaml': 'apiVersion: v1\nkind: Secret\nstringData: { password: hunter2 }\n',
      'half.json': '{',
      'wrong.yaml': 'a: 1\nb: [\n',
      'core/pod_v1.json': '{"type":"object"}',
    });
    const { code, stdout, stderr } = await espalier(['schemas', ...(args as string[])], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.replace(/^error: /, '').trim()).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
    expect(readdirSync(cwd)).not.toContain('.espalier');
  });

  it('no link is followed: neither to write schemas nor to read them', async () => {
    const cwd = project({ 'thing.yaml': thing, 'elsewhere/schemas/x': '' });
    symlinkSync('elsewhere', join(cwd, '.espalier'));
    expect((await espalier(['schemas', 'add', 'thing.yaml'], { cwd })).stderr).toMatch(
      /\.espalier is a symbolic link, which is not followed/,
    );
    expect(readdirSync(join(cwd, 'elsewhere/schemas'))).toEqual(['x']);
  });

  it('what a definition calls its group is no way out of the folder', async () => {
    const wrong = definition('Thing');
    const cwd = project({ 'thing.json': JSON.stringify({ ...wrong, spec: { ...wrong.spec, group: '../../..' } }) });
    expect(await espalier(['schemas', 'add', 'thing.json'], { cwd })).toMatchObject({ code: 2 });
  });
});
