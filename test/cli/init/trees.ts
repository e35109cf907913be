import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../repository';

/** Makes folders of their own with files in them. Each file of tests has its own maker: what it made is removed after its tests. */
export function folderMaker(): (files: Readonly<Record<string, string>>) => string {
  const root = temporaryFolder();
  return (files) => {
    const folder = mkdtempSync(join(root, 'home-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  };
}

export function kustomization(name: string, path: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 1h
  path: ${path}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;
}

/** What `flux bootstrap` writes. */
export function sync(url: string, branch: string, path: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: ${url}, ref: { branch: ${branch} } }
---
${kustomization('flux-system', path)}`;
}

export function configMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: default }\ndata: { A: b }\n`;
}
