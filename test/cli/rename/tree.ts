import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, temporaryFolder } from '../../repository';

/** Flux's own repository, which a Kustomization of its namespace need not say the namespace of. */
export const source = 'sourceRef: { kind: GitRepository, name: flux-system }';
export const root = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "https://example.org/r", ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/prod, prune: true, ${source} }
`;
export const apps = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps # the apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true # yes
  ${source}
`;
export const orphaned = apps.replace('# yes\n', '# yes\n  deletionPolicy: Orphan\n');
export const others = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: more, namespace: flux-system }
spec:
  dependsOn:
    - name: apps # first
  healthChecks:
    - { apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, name: apps, namespace: flux-system }
  interval: 10m
  path: ./more
  prune: true
  ${source}
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata: { name: chat, namespace: flux-system }
spec: { type: slack, channel: x, address: "https://example.org" }
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata: { name: a, namespace: flux-system }
spec:
  providerRef: { name: chat }
  eventSources:
    - kind: Kustomization
      name: apps
`;
const volume = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: m, namespace: default }\ndata: { a: b }\n';

const parent = temporaryFolder();
let folders = 0;

/** A repository with a cluster that has two Kustomizations, all committed. */
export function repository(more: Readonly<Record<string, string>> = {}): string {
  folders += 1;
  const folder = join(parent, String(folders));
  const files = {
    'clusters/prod/flux-system/gotk-sync.yaml': root,
    'clusters/prod/apps.yaml': apps,
    'clusters/prod/others.yaml': others,
    'apps/data.yaml': volume,
    'more/settings.yaml': settings,
    ...more,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const args of [
    ['init', '-q'],
    ['config', 'user.email', 'a@example.org'],
    ['config', 'user.name', 'A'],
    ['add', '-A'],
    ['commit', '-qm', 'begin'],
  ]) {
    run('git', args, { cwd: folder });
  }
  return folder;
}

export const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');
