import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DidChangeWatchedFilesNotification, FileChangeType } from 'vscode-languageserver/node';
import { run, temporaryFolder } from '../../repository';
import { Client } from './client';

const root = temporaryFolder();
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
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: client.uri('apps/db.yaml'), type: FileChangeType.Changed }],
  });
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
