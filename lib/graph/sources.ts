import type { SourceDocument } from '../tree/source/source';
import { groupVersion, isObject } from './identity';
import { textAt } from './json';
import type { Resource } from './resource';

/** Tells which Kustomizations take their files from this tree. */
export interface Sources {
  /** Why the files of a Kustomization are not this tree's; undefined when they are. */
  elsewhere(kustomization: Resource, path: string): string | undefined;
}

interface Source {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * The source of the first Kustomizations is this tree. Another source is this tree, too, when it has the same address, or when the
 * tree does not have it and does have the folder.
 */
export function sourcesOf(
  documents: readonly SourceDocument[],
  roots: readonly Resource[],
  hasFolder: (path: string, document: SourceDocument) => boolean,
): Sources {
  const addresses = new Map<string, string>();
  for (const { value } of documents) {
    if (!isObject(value) || groupVersion(value.apiVersion).group !== 'source.toolkit.fluxcd.io') continue;
    const { kind, metadata } = value;
    const url = textAt(value, 'spec', 'url') ?? textAt(value, 'spec', 'bucketName') ?? '';
    addresses.set(keyOf({ kind, namespace: textAt(metadata, 'namespace') ?? '', name: metadata.name }), url);
  }
  const own = new Set(roots.map((root) => keyOf(sourceRef(root))));
  const ownAddresses = new Set([...own].flatMap((key) => addresses.get(key) ?? []));
  return {
    elsewhere(kustomization, path) {
      const source = sourceRef(kustomization);
      const key = keyOf(source);
      if (own.has(key)) return undefined;
      const address = addresses.get(key);
      if (address === undefined ? hasFolder(path, kustomization.document) : ownAddresses.has(address)) return undefined;
      return `its files come from ${source.kind} ${source.namespace}/${source.name}`;
    },
  };
}

function sourceRef({ value, namespace }: Resource): Source {
  return {
    kind: textAt(value, 'spec', 'sourceRef', 'kind') ?? '',
    namespace: textAt(value, 'spec', 'sourceRef', 'namespace') ?? namespace,
    name: textAt(value, 'spec', 'sourceRef', 'name') ?? '',
  };
}

function keyOf({ kind, namespace, name }: Source): string {
  return `${kind}/${namespace}/${name}`;
}
