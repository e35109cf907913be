import { listAt, textAt } from '../json/read';
import { groupVersion } from '../systems/api-version';
import { isFluxGroup } from '../systems/kinds/groups';
import { lazy } from '../text/memoize';
import type { Built } from '../tree/kustomize/built';
import { folderOf, isPutAside } from '../tree/paths';
import type { SourceDocument } from '../tree/source/source';
import { kustomizeGroup } from './flux/objects';
import { describe, type Identity, identityKey, isObject } from './identity';
import type { OriginOf } from './origins';
import type { Resource } from './resource';
import type { Maker } from './unknown-source';

/** Finds what a person may have applied: objects that stand where Flux reads nothing, when the cluster was set up. */
export type ByHand = (object: Identity) => Maker | undefined;

/**
 * Objects in folders of which nothing is built, nor of those above them but the tree's own (`bootstrap/secret.yaml`); and the
 * namespaces of helmfile's releases, which it makes. A file that lies beside what is built was forgotten.
 */
export function byHand(documents: readonly SourceDocument[], builds: Iterable<Built>): ByHand {
  const found = lazy(() => {
    const read = new Set<string>();
    for (const { files } of builds) for (const path of files) read.add(folderOf(path));
    const apart = documents.filter(
      (document) => !isPutAside(folderOf(document.file.path)) && !isBelow(folderOf(document.file.path), read),
    );
    return new Map(apart.flatMap((document) => namesIn(document).map((name) => [name, document])));
  });
  return (object) => {
    if (isFluxGroup(object.group)) return undefined;
    const document = found().get(identityKey(object)) ?? found().get(identityKey({ ...object, namespace: '' }));
    if (document === undefined) return undefined;
    const why = `${document.file.path}, which Flux does not read, contains it`;
    return { why, document, path: ['metadata', 'name'] };
  };
}

/**
 * Finds the Kustomization that may have begun a cluster: whoever makes the source of the first ones (flux bootstrap, the Flux Operator,
 * Terraform, Azure) makes one of the same name.
 */
export function begunWith(roots: readonly Resource[], originOf: OriginOf): ByHand {
  return ({ group, kind, namespace, name }) => {
    if (group !== kustomizeGroup || kind !== 'Kustomization') return undefined;
    const root = roots.find((one) => {
      const { source } = originOf(one.value, one.namespace, one.document);
      return source.name === name && (source.namespace ?? one.namespace) === namespace;
    });
    if (root === undefined) return undefined;
    const why = `${describe(root)} is applied by something that the tree does not show, which may be that`;
    return { why, document: root.document, path: [...root.path, 'metadata', 'name'] };
  };
}

function namesIn({ value }: SourceDocument): string[] {
  if (isObject(value)) {
    const { kind, metadata } = value;
    const { group } = groupVersion(value.apiVersion);
    return [identityKey({ group, kind, namespace: textAt(metadata, 'namespace') ?? '', name: metadata.name })];
  }
  const names = listAt(value, 'releases').map((release) => textAt(release, 'namespace') ?? '');
  return names.map((name) => identityKey({ group: '', kind: 'Namespace', namespace: '', name }));
}

function isBelow(folder: string, read: ReadonlySet<string>): boolean {
  for (let at = folder; at !== ''; at = folderOf(at)) if (read.has(at)) return true;
  return folder === '' && read.has('');
}
