import type { SourceFile, SourceTree } from '../../../lib/tree/source';
import { parseFile } from '../../../lib/tree/source';
import { sourceTree } from '../../../lib/tree/source/storage';

/** Files by path, as somebody would write them. */
export interface Texts {
  readonly [path: string]: string | Buffer;
}

/** A tree in memory. */
export function memory(texts: Texts): SourceTree {
  const files = new Map<string, SourceFile>();
  const storage = {
    paths: Object.keys(texts),
    unreadable: new Map<string, string>(),
    read: (path: string) => (texts[path] === undefined ? undefined : Buffer.from(texts[path])),
    file: (path: string) => {
      const known = files.get(path) ?? (texts[path] === undefined ? undefined : parseFile(path, texts[path]));
      if (known !== undefined) files.set(path, known);
      return known;
    },
    exists: () => true,
  };
  return sourceTree(storage, { prefix: '', location: '', below: '' });
}

/** A kustomization.yaml with these lines. */
export function kustomization(...lines: string[]): string {
  return ['apiVersion: kustomize.config.k8s.io/v1beta1', 'kind: Kustomization', ...lines, ''].join('\n');
}

/** A component's. */
export function component(...lines: string[]): string {
  return ['apiVersion: kustomize.config.k8s.io/v1alpha1', 'kind: Component', ...lines, ''].join('\n');
}

/** A ConfigMap. */
export function configMap(name: string, namespace?: string): string {
  const metadata = namespace === undefined ? `{ name: ${name} }` : `{ name: ${name}, namespace: ${namespace} }`;
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\ndata: { key: value }\n`;
}
