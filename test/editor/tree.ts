import type { Span } from '../../lib/editor/places';
import type { Graph } from '../../lib/graph/graph';
import type { Position } from '../../lib/tree/source';
import { fluxKustomization, graphOf } from '../graph/graph';

/** From Vault to a container: a store, what reads it with and without a template, what reads that, and what writes to Vault. */
export const texts: Readonly<Record<string, string>> = {
  'flux/apps.yaml':
    fluxKustomization('platform', './platform') +
    fluxKustomization('shop', './shop', 'dependsOn: [{ name: platform }]'),
  'platform/store.yaml': `apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata:
  name: vault
spec:
  provider: { vault: { server: https://vault.example.org, path: kv, version: v2 } }
`,
  'shop/db.yaml': `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target: { name: db-login }
  data:
    - secretKey: user
      remoteRef: { key: acme/shop, property: username }
    - secretKey: password
      remoteRef: { key: acme/shop, property: password }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: url, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target:
    template:
      data:
        URL: "postgres://{{ .user }}@db"
        OTHER: fixed
  data:
    - secretKey: user
      remoteRef: { key: acme/shop, property: username }
`,
  'shop/push.yaml': `apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: push, namespace: shop }
spec:
  secretStoreRefs: [{ kind: ClusterSecretStore, name: vault }]
  selector: { secret: { name: generated } }
  data:
    - match:
        secretKey: password
        remoteRef: { remoteKey: acme/shop, property: password }
---
apiVersion: v1
kind: Secret
metadata: { name: generated, namespace: shop }
stringData:
  password: correct-horse-battery
`,
  'shop/web.yaml': `apiVersion: apps/v1
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
          envFrom:
            - secretRef: { name: url }
          env:
            - name: PASSWORD
              valueFrom: { secretKeyRef: { name: db-login, key: password } }
            - name: USER
              valueFrom: { secretKeyRef: { name: db-login, key: user } }
`,
};

export const graph: Graph = graphOf(texts);

/** Where a text stands in a file: its first letter, of the first that comes after another text. */
export function find(file: string, text: string, after = ''): Position {
  const all = texts[file] ?? '';
  const offset = all.indexOf(text, all.indexOf(after));
  const lines = all.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** `shop/web.yaml:15 password`: a word as people see it. */
export function word({ file, line, column, end }: Span): string {
  return `${file}:${line} ${texts[file]?.split('\n')[line - 1]?.slice(column - 1, end - 1)}`;
}
