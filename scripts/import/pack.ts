import { brotliCompressSync, constants } from 'node:zlib';
import { type PackedKind, readPack } from '../../lib/graph/schema/pack';
import { inside } from '../../lib/graph/schema/parts';
import type { Schema } from '../../lib/graph/schema/schema';
import { sorted } from '../../lib/json/json';
import { memoize } from '../../lib/text/memoize';
import type { Kind } from './schemas';

/** A part that is shorter than this is no longer than the reference to it would be. */
const shortest = 40;

/** What a pack says of where its kinds are from. */
export interface Origin {
  /** The first and the last release of Kubernetes whose kinds are among them. */
  readonly releases: readonly [number, number];
  /** Of when the catalog is: August 2026. */
  readonly catalog: string;
}

/**
 * All kinds in one file (see readPack). Every part of a schema that is there more than once is written once: among those of its
 * API group or, where several groups have it, in the first
 * chunk.
 */
export function pack(kinds: readonly Kind[], metadata: Schema, origin: Origin): Buffer {
  const roots = kinds.flatMap(({ group, versions }) => [...versions.values()].map(({ schema }) => ({ group, schema })));
  const lines = new Lines([{ group: shared, schema: metadata }, ...roots]);
  const groups = new Map<string, Record<string, PackedKind>>();
  for (const { group, kind, versions, ...more } of kinds) {
    const packed = [...versions].map(([name, version]) => [
      name,
      { ...version, schema: lines.place(version.schema, group) },
    ]);
    const named = kind === kind.toLowerCase() ? more : { kind, ...more };
    const one = { [kind.toLowerCase()]: { ...named, versions: Object.fromEntries(packed) } };
    groups.set(group, { ...groups.get(group), ...one });
  }
  const place = lines.place(metadata, shared);
  const chunks = lines.chunks().map(([group, [, ...rest]]): [string, Buffer] => {
    const first = JSON.stringify(groups.get(group) ?? {});
    return [group, compressed([first, ...rest].join('\n'))];
  });
  const sizes = chunks.map(([group, { length }]) => [group, length]);
  const index = compressed(JSON.stringify({ ...origin, metadata: place, chunks: sizes }));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(index.length);
  return Buffer.concat([head, index, ...chunks.map(([, bytes]) => bytes)]);
}

/** The first chunk, which is no group's. */
const shared = '*';

/** Schemas as lines, in a chunk for each group, whose first line is left free for its kinds. */
class Lines {
  private readonly byGroup = new Map<string, string[]>();
  private readonly texts = new Map<Schema, string>();
  private readonly uses = new Map<string, { count: number; readonly groups: Set<string> }>();
  private readonly placed = new Map<string, string>();

  constructor(roots: readonly { readonly group: string; readonly schema: Schema }[]) {
    for (const { group, schema } of roots) {
      this.byGroup.set(group, ['']);
      this.count(schema, group);
    }
  }

  chunks(): [string, readonly string[]][] {
    return [...this.byGroup];
  }

  /** @returns the reference to a schema, which gets a line if it has none */
  place(schema: Schema, group: string): string {
    const text = this.textOf(schema);
    const known = this.placed.get(text);
    if (known !== undefined) return known;
    const line = JSON.stringify(
      inside(schema, (part) => this.refer(part, group)),
      sorted,
    );
    const chunk = this.byGroup.get(group) ?? [];
    const ref = `${[...this.byGroup.keys()].indexOf(group)}:${chunk.push(line) - 1}`;
    this.placed.set(text, ref);
    return ref;
  }

  private refer(given: Schema, group: string): Schema {
    const [schema, lifetime] = apart(given);
    const text = this.textOf(schema);
    const { count = 0, groups = new Set() } = this.uses.get(text) ?? {};
    if (text.length < shortest || count < 2)
      return { ...inside(schema, (part) => this.refer(part, group)), ...lifetime };
    return { $ref: this.place(schema, groups.size > 1 ? shared : group), ...lifetime };
  }

  /** What lies in a part that was met before counts once: it goes where the part goes. */
  private count(given: Schema, group: string): void {
    const [schema] = apart(given);
    const text = this.textOf(schema);
    const use = this.uses.get(text) ?? { count: 0, groups: new Set<string>() };
    this.uses.set(text, use);
    use.count += 1;
    if (use.groups.has(group)) return;
    use.groups.add(group);
    inside(schema, (part) => {
      this.count(part, group);
      return part;
    });
  }

  private textOf(schema: Schema): string {
    const known = this.texts.get(schema) ?? JSON.stringify(schema, sorted);
    this.texts.set(schema, known);
    return known;
  }
}

/** With which releases a field came and went is said where it stands, not in the line that it refers to. */
const apart = memoize((schema: Schema): readonly [Schema, Schema] => {
  const { 'x-since': since, 'x-until': until, ...rest } = schema;
  if (since === undefined && until === undefined) return [schema, {}];
  return [rest, { ...(since !== undefined && { 'x-since': since }), ...(until !== undefined && { 'x-until': until }) }];
});

/** Which kinds and versions are new, gone or of another form in a pack: for whoever reads the change. */
export function differences(before: Buffer | undefined, after: Buffer): string[] {
  const [old, now] = [before === undefined ? new Map<string, string>() : textsOf(before), textsOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    if (old.get(name) === now.get(name)) return [];
    return [!old.has(name) ? `${name} (new)` : now.has(name) ? name : `${name} (gone)`];
  });
}

function textsOf(bytes: Buffer): Map<string, string> {
  const { kinds, schema } = readPack(bytes);
  return new Map(
    kinds().flatMap(([group, name, { versions, ...kind }]) =>
      Object.entries(versions).map(([version, { schema: ref, ...one }]): [string, string] => [
        `${group || 'core'}/${version} ${kind.kind ?? name}`,
        JSON.stringify([kind, one, whole({ $ref: ref }, schema)]),
      ]),
    ),
  );
}

/** A schema of the pack with what it refers to. */
export function whole(part: Schema, resolve: (ref: string) => Schema | undefined): Schema {
  const { $ref, ...own } = part;
  return inside({ ...($ref !== undefined && whole(resolve($ref) ?? {}, resolve)), ...own }, (one) =>
    whole(one, resolve),
  );
}

function compressed(text: string): Buffer {
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });
}
