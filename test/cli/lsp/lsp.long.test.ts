import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DidChangeWatchedFilesNotification,
  DocumentLinkRequest,
  FileChangeType,
  type FileEvent,
  HoverRequest,
  type Location,
  type MarkupContent,
  ReferencesRequest,
} from 'vscode-languageserver/node';
import { run, temporaryFolder } from '../../repository';
import { Client, endAll } from './client';

const temporary = temporaryFolder();
const root = join(temporary, 'repository');
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 1h
  retryInterval: 1m
  prune: true
  path: ./apps
  sourceRef: { kind: GitRepository, name: flux-system }
`;
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: db, namespace: shop }\nstringData: { user: shop }\n';
const deployment = (key: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: shop/web:1
          env:
            - name: USER
              valueFrom: { secretKeyRef: { name: db, key: ${key} } }
`;
const missing = '14:59-62 secrets/missing-key Secret shop/db has no key `usr`: it has user; did you mean user?';
const some = (found: readonly string[]) => found.length > 0;
const none = (found: readonly string[]) => found.length === 0;

afterAll(endAll);
beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  write('clusters/prod/apps.yaml', flux);
  write('apps/db.yaml', secret);
  write('apps/web.yaml', deployment('user'));
  write('apps/namespace.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n');
  run('git', ['init', '-q'], { cwd: root });
});

test('an editor is told what is wrong while one types, of all files, and no more once it is right', async () => {
  const client = new Client(root);
  await client.begin();
  expect(client.result?.serverInfo?.name).toBe('espalier');
  await client.open('apps/web.yaml', deployment('user'));
  await client.change('apps/web.yaml', deployment('usr'));
  expect(await client.findings('apps/web.yaml', some)).toEqual([missing]);

  // A file that is no YAML just now: what its last text said still counts.
  await client.change('apps/web.yaml', `${deployment('user')}  foo: [`);
  expect(await client.findings('apps/web.yaml', (found) => found[0]?.includes('syntax') === true)).toEqual([
    '15:8-9 tree/syntax Flow sequence in block collection must be sufficiently indented and end with a ].',
  ]);
  await client.open('apps/db.yaml', secret);
  await client.change('apps/db.yaml', secret.replace('user:', 'usr:'));
  await client.change('apps/web.yaml', deployment('user'));
  expect(await client.findings('apps/web.yaml', (found) => found[0]?.includes('no key `user`') === true)).toEqual([
    '14:59-63 secrets/missing-key Secret shop/db has no key `user`: it has usr; did you mean usr?',
  ]);
  // What is not saved goes with the document.
  await client.close('apps/db.yaml');
  expect(await client.findings('apps/web.yaml', none)).toEqual([]);

  // The disk counts where no document is open, once the editor has told of it.
  write('apps/db.yaml', secret.replace('user:', 'name:'));
  await client.told('apps/db.yaml');
  expect(await client.findings('apps/web.yaml', some)).toEqual([
    '14:59-63 secrets/missing-key Secret shop/db has no key `user`: it has name.',
  ]);
  rmSync(join(root, 'apps/web.yaml'));
  await client.close('apps/web.yaml');
  expect(await client.findings('apps/web.yaml', none)).toEqual([]);
  expect(client.messages).toEqual([]);
  expect(await client.end()).toBe(0);
});

test('of a document outside of all that is open, the Git work tree that it lies in is read', async () => {
  write('apps/web.yaml', deployment('usr'));
  const client = new Client(root);
  await client.begin([]);
  await client.open('apps/web.yaml', deployment('usr').replaceAll('\n', '\r\n'));
  expect(await client.findings('apps/web.yaml', some)).toEqual([missing]);
  await client.close('apps/web.yaml');
  expect(await client.findings('apps/web.yaml', none)).toEqual([]);
  expect(await client.end()).toBe(0);
});

test('an editor asks about a place: what it is, where it is made, who reads it, what may stand there', async () => {
  const client = new Client(root);
  await client.begin();
  const text = deployment('user');
  await client.open('apps/web.yaml', text);
  const textDocument = { uri: client.uri('apps/web.yaml') };
  const at = { textDocument, position: { line: 13, character: 60 } };
  const hover = await client.connection.sendRequest(HoverRequest.type, at);
  expect((hover?.contents as MarkupContent | undefined)?.value).toBe(`**\`Secret shop/db key user\`**

made by [\`Secret shop/db\`](${client.uri('apps/db.yaml')}#L3)

read by [\`Deployment shop/web (env)\`](${client.uri('apps/web.yaml')}#L14)`);

  const definition = (await client.connection.sendRequest(DefinitionRequest.type, at)) as Location[];
  expect(definition.map(place)).toEqual(['apps/db.yaml 3:14-3:18']);
  // A line more above, which makes it no YAML just now: what is below it has moved.
  await client.change('apps/web.yaml', `key: [\n${text}`);
  const moved = { textDocument, position: { line: 14, character: 60 } };
  expect(((await client.connection.sendRequest(DefinitionRequest.type, moved)) as Location[]).map(place)).toEqual([
    'apps/db.yaml 3:14-3:18',
  ]);
  await client.change('apps/web.yaml', text);

  await client.open('apps/db.yaml', secret);
  const key = { textDocument: { uri: client.uri('apps/db.yaml') }, position: { line: 3, character: 15 } };
  const context = { includeDeclaration: true };
  const references = await client.connection.sendRequest(ReferencesRequest.type, { ...key, context });
  expect(references?.map(place)).toEqual(['apps/db.yaml 3:14-3:18', 'apps/web.yaml 13:58-13:62']);

  await client.open('clusters/prod/apps.yaml', flux);
  const flux1 = { textDocument: { uri: client.uri('clusters/prod/apps.yaml') } };
  const completion = { ...flux1, position: { line: 7, character: 10 } };
  expect(await client.connection.sendRequest(CompletionRequest.type, completion)).toEqual([
    expect.objectContaining({ label: './apps', detail: 'folder' }),
    expect.objectContaining({ label: './clusters', detail: 'folder' }),
  ]);
  write('apps/kustomization.yaml', 'resources: [db.yaml]\n');
  await client.close('apps/db.yaml');
  const links = await client.connection.sendRequest(DocumentLinkRequest.type, flux1);
  expect(links?.map(({ target }) => target)).toEqual([client.uri('apps/kustomization.yaml')]);
  expect(await client.end()).toBe(0);
});

test('a finding with a fix that is mechanical offers it', async () => {
  const client = new Client(root);
  await client.begin();
  const text = flux.replace('  retryInterval: 1m\n', '');
  await client.open('clusters/prod/apps.yaml', text);
  const found = await client.findings('clusters/prod/apps.yaml', some);
  expect(found).toEqual([
    '5:13-15 flux/no-retry-interval Without retryInterval, Flux retries after a failure only when the interval of 1h is over.',
  ]);
  const actions = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: client.uri('clusters/prod/apps.yaml') },
    range: { start: { line: 4, character: 3 }, end: { line: 4, character: 3 } },
    context: { diagnostics: [...client.diagnostics('clusters/prod/apps.yaml')] },
  });
  const edit = {
    range: { start: { line: 5, character: 0 }, end: { line: 5, character: 0 } },
    newText: '  retryInterval: 2m\n',
  };
  expect(actions).toMatchObject([
    {
      title: 'set spec.retryInterval to 2m',
      kind: 'quickfix',
      edit: { changes: { [client.uri('clusters/prod/apps.yaml')]: [edit] } },
    },
  ]);
  expect(await client.end()).toBe(0);
});

function place({ uri, range: { start, end } }: Location): string {
  return `${uri.slice(uri.indexOf(root) + root.length + 1)} ${start.line}:${start.character}-${end.line}:${end.character}`;
}

test('documents that are no files of this machine are left alone, and the server goes on', async () => {
  const client = new Client(root);
  await client.begin();
  const strange = [
    'file://host/share/x.yaml',
    'file:///a%2Fb.yaml',
    'untitled:Untitled-1',
    'file:///',
    'file:///not/there.yaml',
  ];
  for (const uri of strange) await client.openUri(uri, 'a: b\n');
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: strange.map((uri): FileEvent => ({ uri, type: FileChangeType.Changed })),
  });
  expect(
    await client.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: 'file:///not/there.yaml' },
      position: { line: 0, character: 0 },
    }),
  ).toBeNull();
  await client.open('apps/web.yaml', deployment('usr'));
  expect(await client.findings('apps/web.yaml', some)).toEqual([missing]);
  expect(client.messages).toEqual([]);
});

test('of a folder that is opened by a symbolic link, all files are called as below the link', async () => {
  const link = join(temporary, 'link');
  symlinkSync(root, link);
  write('apps/web.yaml', deployment('usr'));
  const client = new Client(link);
  await client.begin();
  expect(await client.findings('apps/web.yaml', some)).toEqual([missing]);
  await client.open('apps/web.yaml', deployment('usr'));
  const at = { textDocument: { uri: client.uri('apps/web.yaml') }, position: { line: 13, character: 54 } };
  const definition = (await client.connection.sendRequest(DefinitionRequest.type, at)) as Location[];
  expect(definition.map(({ uri }) => uri)).toEqual([client.uri('apps/db.yaml')]);
  expect(client.diagnostics('apps/web.yaml')).toHaveLength(1);
  expect(await client.end()).toBe(0);
});

test('a file that is opened by another path than its folder has its findings there, and there alone', async () => {
  const link = join(temporary, 'other');
  symlinkSync(root, link);
  write('apps/web.yaml', deployment('usr'));
  const client = new Client(root);
  await client.begin();
  expect(await client.findings('apps/web.yaml', some)).toEqual([missing]);
  await client.openUri(pathToFileURL(join(link, 'apps/web.yaml')).href, deployment('usr'));
  expect(await client.findings('apps/web.yaml', none)).toEqual([]);
  expect(await client.end()).toBe(0);
});

test('a file that Git ignores is no part of the tree while it is open, as it is not for check', async () => {
  write('.gitignore', 'private/\n');
  write('private/web.yaml', deployment('usr'));
  const client = new Client(root);
  await client.begin();
  await client.open('private/web.yaml', deployment('usr'));
  await client.open('apps/web.yaml', deployment('usr'));
  expect(await client.findings('apps/web.yaml', some)).toEqual([missing]);
  expect(client.diagnostics('private/web.yaml')).toEqual([]);
  expect(await client.end()).toBe(0);
});

test.each([
  ['CommonJS', '{}'],
  ['an ES module', '{ "type": "module" }'],
])(
  'a configuration that is a program and %s counts as it was last written, whatever it prints',
  async (_, manifest) => {
    const config = (level: string) => `process.stdout.write('hello');
export default { rules: { 'secrets/missing-key': '${level}' } };
`;
    write('package.json', manifest);
    write('espalier.config.ts', config('off'));
    const client = new Client(root);
    await client.begin();
    await client.open('apps/web.yaml', deployment('usr'));
    await client.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: client.uri('apps/web.yaml') },
      position: { line: 0, character: 0 },
    });
    expect(client.diagnostics('apps/web.yaml')).toEqual([]);
    write('espalier.config.ts', config('error'));
    await client.told('espalier.config.ts');
    expect(await client.findings('apps/web.yaml', some)).toEqual([missing]);
    expect(client.messages).toEqual([]);
    expect(await client.end()).toBe(0);
  },
);

test('what a configuration imports may change, too', async () => {
  write(
    'espalier.config.ts',
    "import { level } from './level';\nexport default { rules: { 'secrets/missing-key': level } };\n",
  );
  write('level.ts', "export const level = 'off';\n");
  write('apps/web.yaml', deployment('usr'));
  const client = new Client(root);
  await client.begin();
  await client.open('apps/db.yaml', secret);
  await client.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri: client.uri('apps/db.yaml') },
    position: { line: 0, character: 0 },
  });
  expect(client.diagnostics('apps/web.yaml')).toEqual([]);
  write('level.ts', "export const level = 'error';\n");
  await client.told('level.ts');
  expect(await client.findings('apps/web.yaml', some)).toEqual([missing]);
  expect(await client.end()).toBe(0);
});
