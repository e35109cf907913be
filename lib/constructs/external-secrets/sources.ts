import type { Construct } from 'constructs';
import type {
  ExternalSecretSpecDataFromRewrite,
  ExternalSecretSpecDataFromSourceRefGeneratorRef,
} from '../../../imports/external-secret';
import { isJsonObject, type JsonObject } from '../../json/json';
import { objectAt } from '../../json/read';
import { literal } from '../flux/substitution';
import { requireObject } from '../formats';
import { refuse } from '../input-error';
import { type SpecOf, specJson } from '../spec';
import type { GeneratorHandle, GeneratorKey } from './generator';
import type { FromStore, Remote, Search, WholeSecret } from './remotes';
import { requireAbility, requireSearch, requireUse } from './store-facts';
import { RemoteSecret, requireOptions, type SecretStoreHandle, type StoreReference } from './store-handle';
import { isVaultPath, type VaultPath, type VaultProperty } from './vault-path';

/** A generator: that of a construct or a handle, or of any kind, ClusterGenerator among them, by name. */
export type Generator = GeneratorHandle | SpecOf<ExternalSecretSpecDataFromSourceRefGeneratorRef>;

interface Entry<Key> {
  readonly extract?: WholeSecret<Key>;
  readonly find?: Search<Key>;
  /** How the keys that it yields are renamed, or their values merged. */
  readonly rewrite?: readonly SpecOf<ExternalSecretSpecDataFromRewrite>[];
}

/** An item of dataFrom: one of `extract`, `find` and `sourceRef.generatorRef`. */
export type DataFrom<Key> =
  | (Entry<Key> & { readonly sourceRef?: undefined })
  | { readonly rewrite?: Entry<Key>['rewrite']; readonly sourceRef: { readonly generatorRef: Generator } }
  | FromStore<Entry<string>, Entry<VaultPath>>;

type AnyStore = SecretStoreHandle<never>;
type AnySource = { readonly storeRef?: AnyStore | StoreReference; readonly generatorRef?: Generator };

/** Writes what an ExternalSecret reads from stores and generators; declares that it needs them. */
export class Sources {
  constructor(
    private readonly reader: Construct,
    /** The store of what names none; undefined where everything does. */
    private readonly store: AnyStore | undefined,
  ) {}

  /** An item of spec.dataFrom; `field` is what its own fields are called after. */
  dataFrom(field: string, item: DataFrom<never>): JsonObject {
    const { extract, sourceRef, ...others } = item as Entry<unknown> & { readonly sourceRef?: AnySource };
    const source = sourceRef ?? this.ownSource(extract);
    const search = specJson(this.reader, others);
    if (objectAt(search, 'find')) this.requireFind(`${field}find`, objectAt(search, 'find') ?? {}, source);
    return {
      ...(extract !== undefined && { extract: this.reference(`${field}extract`, extract, source, 'whole') }),
      ...search,
      ...this.sourceRef(source),
    };
  }

  /** An item of spec.data. */
  data(secretKey: string, remote: Remote<never>): JsonObject {
    const field = `data.${secretKey}`;
    const value = remote as unknown;
    const missing = {
      allowed: 'a value of a store or of a generator',
      example: "store.at('shop', { property: 'token' }), or of a VaultStore vault.app('shop', 'app').property('token')",
    };
    if (typeof value !== 'string') requireObject(this.reader, field, value as object | undefined, missing);
    if (isGenerator(value)) {
      const allowed = 'one of the values that the generator makes';
      refuse(this.reader, { field, allowed, example: `generator.key('${value.keys?.[0] ?? 'password'}')` });
    }
    if (isProperty(value)) {
      const property = literal(this.reader, value.property);
      return { secretKey, remoteRef: this.reference(field, { key: value.path, property }, undefined, 'value') };
    }
    const isPlain = isVaultPath(value) || value instanceof RemoteSecret;
    const given = isPlain ? undefined : (value as { readonly sourceRef?: AnySource }).sourceRef;
    const source = given ?? this.ownSource(value);
    return { secretKey, remoteRef: this.reference(field, value, source, 'value'), ...this.sourceRef(source) };
  }

  /**
   * The items of spec.dataFrom for values of generators: one for each generator, so that its keys belong together.
   *
   * @param values which key each is called
   * @param others what other sources yield
   * @returns with them, what each value is called in the template
   */
  generated(
    values: readonly (readonly [name: string, value: GeneratorKey])[],
    others: readonly string[],
  ): { readonly dataFrom: JsonObject[]; readonly calls: ReadonlyMap<string, string> } {
    const generators = [...new Set(values.map(([, { generator }]) => generator))];
    const calls = new Map<string, string>();
    const dataFrom = generators.map((generator, i) => {
      // What yields the same keys as another source would overwrite them.
      const taken = [...others, ...generators.flatMap((each) => (each === generator ? [] : (each.keys ?? [])))];
      const clashes = generator.keys?.some((key) => taken.includes(key)) ?? (taken.length > 0 || generators.length > 1);
      const prefix = clashes ? `generated_${i + 1}_` : '';
      for (const [name, value] of values) if (value.generator === generator) calls.set(name, prefix + value.key);
      const rewrite = clashes && [{ regexp: { source: '^', target: prefix } }];
      return { sourceRef: { generatorRef: generatorJson(this.reader, generator) }, ...(rewrite && { rewrite }) };
    });
    return { dataFrom, calls };
  }

  /** Without a store for all, what a store's `at` makes says its own. */
  private ownSource(given: unknown): AnySource | undefined {
    return this.store === undefined && given instanceof RemoteSecret ? { storeRef: given.store } : undefined;
  }

  private reference(field: string, given: unknown, source: AnySource | undefined, use: 'value' | 'whole'): JsonObject {
    const store = this.storeOf(source);
    if (use === 'whole') requireAbility(this.reader, field, store, 'extract');
    const { key, sourceRef: _, ...others } = fieldsOf(given);
    const fields = specJson(this.reader, others);
    requireOptions(this.reader, field, fields);
    if (!('keyOf' in store)) return { key: String(key), ...fields };
    const name = store.keyOf(this.reader, field, key as never);
    requireUse(this.reader, field, store, use, { key: name, ...fields });
    return { key: name, ...fields };
  }

  private requireFind(field: string, search: JsonObject, source: AnySource | undefined): void {
    const store = this.storeOf(source);
    requireAbility(this.reader, field, store, 'find');
    requireSearch(this.reader, field, store, search);
  }

  private storeOf(source: AnySource | undefined): AnyStore | StoreReference {
    const store = source?.storeRef ?? this.store;
    if (store === undefined) {
      refuse(this.reader, {
        field: 'store',
        allowed: 'the store that the values come from, or for each of them sourceRef.storeRef',
        example: "SecretStore.named('onepassword', { kind: 'ClusterSecretStore' })",
      });
    }
    requireAbility(this.reader, 'store', store, 'read');
    return store;
  }

  private sourceRef(source: AnySource | undefined): JsonObject {
    if (source === undefined) return {};
    const { storeRef, generatorRef, ...others } = source;
    return {
      sourceRef: {
        ...(storeRef && {
          storeRef: 'referredBy' in storeRef ? { ...storeRef.referredBy(this.reader) } : { ...storeRef },
        }),
        ...(generatorRef && { generatorRef: generatorJson(this.reader, generatorRef) }),
        ...others,
      },
    };
  }
}

/** The key of a reference, and its other fields. */
function fieldsOf(given: unknown): { readonly key: unknown; readonly sourceRef?: unknown } {
  if (given instanceof RemoteSecret) return { ...given.fields, key: given };
  if (typeof given !== 'object' || given === null || isVaultPath(given)) return { key: given };
  return given as { readonly key: unknown };
}

/** A secret as messages name it. */
export function shown(given: unknown): unknown {
  if (given instanceof RemoteSecret) return given.key;
  return isVaultPath(given) ? given.display : given;
}

/** How a generator is referred to; declares that the reader needs it. */
export function generatorJson(reader: Construct, generator: Generator): JsonObject {
  return 'referredBy' in generator ? { ...generator.referredBy(reader) } : specJson(reader, generator);
}

function isProperty(value: unknown): value is VaultProperty {
  return isJsonObject(value as never) && isVaultPath((value as Partial<VaultProperty>).path);
}

function isGenerator(value: unknown): value is GeneratorHandle {
  return typeof value === 'object' && value !== null && 'generates' in value;
}
