import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../repository';

export const kustomization = (...entries: string[]) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`;

const fluxKustomization = (name: string, path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  path: ${path}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;

/** An app in the namespace media, which its kustomization.yaml must list. */
export const app = (name: string) => ({
  [`kubernetes/apps/media/${name}/ks.yaml`]: fluxKustomization(name, `./kubernetes/apps/media/${name}/app`),
  [`kubernetes/apps/media/${name}/app/kustomization.yaml`]: kustomization('./configmap.yaml', './service.yaml'),
  [`kubernetes/apps/media/${name}/app/configmap.yaml`]: `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: media }
data: { LEVEL: info }
`,
  [`kubernetes/apps/media/${name}/app/service.yaml`]: `# people write to it
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: media }
spec: { ports: [{ port: 80 }], selector: { app: ${name} } }
`,
});

/** A repository that Flux reads, with two apps. */
export const files: Readonly<Record<string, string>> = {
  'kubernetes/flux/cluster.yaml': fluxKustomization('cluster', './kubernetes/apps'),
  'kubernetes/apps/kustomization.yaml': kustomization('./media'),
  'kubernetes/apps/media/kustomization.yaml': kustomization('./namespace.yaml', './jellyfin/ks.yaml', './plex/ks.yaml'),
  'kubernetes/apps/media/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: media }\n',
  ...app('jellyfin'),
  ...app('plex'),
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Such a repository on disk, committed, with other files besides. */
export function repositoryWith(more: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-adopt-'));
  folders.push(folder);
  write(folder, { ...files, ...more });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'All');
  return folder;
}

export function write(folder: string, texts: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export function git(cwd: string, ...args: string[]): string {
  return run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd }).stdout;
}

/** What Git sees as changed. */
export function changed(folder: string): string[] {
  return git(folder, 'status', '--porcelain', '-uall')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice(3));
}

/** All files below a folder but for Git's, with their texts. */
export function snapshot(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.startsWith(join(folder, '.git/')))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}
