import { brotliDecompressSync } from 'node:zlib';
import { lazy } from '../../text/memoize';
import { resource } from './definition';
import { type Node, nodeMaker } from './node';
import type { Schema } from './schema';

/** A kind as the pack has it. */
export interface PackedKind {
  /** Undefined when only its name in lower case is known. */
  readonly kind?: string;
  readonly scope?: 'Cluster' | 'Namespaced';
  /** Whether its schemas are from a catalog: of some release, which may be another than a cluster has. */
  readonly catalog?: true;
  /** Those that are served, the best last. */
  readonly versions: Readonly<Record<string, PackedVersion>>;
}

export interface PackedVersion {
  /** A reference to it. */
  readonly schema: string;
  readonly deprecated?: true;
  /** Of Kubernetes' own kinds: the release (36 of 1.36) that it came with, and the first one without it. */
  readonly since?: number;
  readonly until?: number;
}

interface Index {
  readonly catalog: string;
  readonly releases: readonly [number, number];
  readonly metadata: string;
  /** The API group of each chunk and its length. */
  readonly chunks: readonly (readonly [string, number])[];
}

type Kinds = Readonly<Record<string, PackedKind>>;

/** The schemas of all kinds that come with Espalier. */
export interface Pack {
  /** The first and the last release of Kubernetes that it knows: 29 and 37 of 1.29 and 1.37. */
  readonly releases: readonly [number, number];
  /** Of when the catalog is: August 2026. */
  readonly catalog: string;
  /** What the metadata of every object may hold. */
  metadata(): Schema;
  /** @param kind in lower case */
  find(group: string, kind: string): PackedKind | undefined;
  /** Those of a group, by their names in lower case. */
  kindsOf(group: string): Readonly<Record<string, PackedKind>>;
  /** All of them: the group, the name in lower case, the kind. */
  kinds(): readonly (readonly [string, string, PackedKind])[];
  /** What `$ref: "2:7"` means: line 7 of chunk 2. */
  schema(ref: string): Schema | undefined;
  /** Makes nodes of schemas that refer to its own, in a release of Kubernetes. */
  nodes(release: number | undefined): (schema: Schema) => Node;
  /** The node of a whole object; each is made once, for all trees. */
  root(ref: string, release: number | undefined): Node;
}

/**
 * Reads the file that `npm run import` writes (scripts/import/pack.ts): the length of the index in four bytes, the index, and
 * chunks of lines, each compressed by itself. A chunk holds the kinds of an API group in its first line and their schemas in the
 * others; the first chunk what several groups share. Only those that a tree needs are unpacked, and of their lines only those
 * parsed that an object has fields of.
 */
export function readPack(bytes: Uint8Array): Pack {
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const { releases, catalog, metadata, chunks } = JSON.parse(unpacked(bytes.subarray(4, start))) as Index;
  let end = start;
  const lines = chunks.map(([, length]) => {
    const from = end;
    end += length;
    return lazy(() => unpacked(bytes.subarray(from, from + length)).split('\n'));
  });
  const schema = memoizeEach((ref: string): Schema | undefined => {
    const [chunk, line] = ref.split(':').map(Number) as [number, number];
    const text = lines[chunk]?.()[line];
    return text === undefined ? undefined : (JSON.parse(text) as Schema);
  });
  const numbers = new Map(chunks.slice(1).map(([group], i) => [group, i + 1]));
  const kindsOf = memoizeEach((group: string): Kinds => {
    const text = lines[numbers.get(group) ?? -1]?.()[0];
    return text === undefined ? {} : (JSON.parse(text) as Kinds);
  });
  const nodes = memoizeEach((release: number | undefined) => nodeMaker(schema, release ?? releases[1]));
  const roots = memoizeEach((release: number | undefined) =>
    memoizeEach((ref: string) => nodes(release)(resource(schema(ref) ?? {}, schema(metadata)))),
  );
  return {
    nodes,
    root: (ref, release) => roots(release)(ref),
    releases,
    catalog,
    metadata: () => schema(metadata) ?? {},
    kindsOf,
    find: (group, kind) => (Object.hasOwn(kindsOf(group), kind) ? kindsOf(group)[kind] : undefined),
    kinds: () =>
      [...numbers.keys()].flatMap((group) =>
        Object.entries(kindsOf(group)).map(([name, kind]) => [group, name, kind] as const),
      ),
    schema,
  };
}

function memoizeEach<K, T>(make: (of: K) => T): (of: K) => T {
  const made = new Map<K, T>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined) return known;
    const value = make(of);
    made.set(of, value);
    return value;
  };
}

function unpacked(bytes: Uint8Array): string {
  return brotliDecompressSync(bytes).toString();
}
