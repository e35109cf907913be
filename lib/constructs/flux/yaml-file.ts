import { resolve } from 'node:path';
import { Construct } from 'constructs';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import { isUnderstood, madeBy } from '../../systems/secrets-made';
import { joinPath } from '../../text/join-path';
import { readRegular } from '../../tree/regular';
import { maximumSize, parseFile } from '../../tree/source/parse';
import { ConfigMapKey } from '../config-map-key';
import { relativePath, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { refuseUnknown } from '../refuse-unknown';
import { freeId } from '../resource';
import { markWhole, namespaceAt, placeOf, sayNamespace, type WholeFile } from '../scopes';
import { Secret } from '../secret';

/** A Secret or ConfigMap that a file brings. */
export interface MadeThere {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  /** Where it lives, where that is said. */
  readonly namespace: string | undefined;
  /** Its keys; undefined where they are not known. */
  readonly keys: Iterable<string> | undefined;
  /** Whether it may have others. */
  readonly open: boolean;
}

export interface YamlFileProps {
  /**
   * A file that is copied here, byte for byte; its path begins where the command runs.
   * @default none: the file lies here already, is its author's own, and is not written
   */
  readonly from?: string;
  /**
   * Whether the folder's kustomization.yaml lists it. Off for one that something else lists, such as a patch.
   * @default true, but for a kustomization.yaml
   */
  readonly listed?: boolean;
}

/**
 * A file of YAML that stays as it is, comments and ciphertext of SOPS included. It is checked with the tree, and other constructs refer
 * to what is in it by handles, which it refuses for what it does not have.
 *
 * @example
 * const age = new YamlFile(shop.directory, 'age.sops.yaml').secret('sops-age', ['age.agekey']);
 */
export class YamlFile extends Construct implements WholeFile {
  readonly path: string;
  readonly listed: boolean;
  /** What is written; undefined where it lies there already, and is not Espalier's. */
  readonly copied: string | undefined;
  /** Where it was read: an absolute path. */
  readonly readFrom: string;
  /** Its objects, those of lists included; values that SOPS has encrypted are ciphertext. */
  readonly objects: readonly JsonObject[];
  /** Whether all of it could be read. */
  protected readonly isWhole: boolean;

  /** @param id the file's name with its ending, below the folder of its scope */
  constructor(scope: Construct, id: string, props: YamlFileProps = {}) {
    super(scope, freeId(scope, id, relativePath));
    refuseUnknown(this, YamlFile, props);
    requireFormat(this, 'id', id, relativePath);
    this.path = joinPath(placeOf(scope).path, id);
    this.listed = props.listed ?? !/(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(id);
    const from = props.from ?? joinPath(outputFolderOf(this), this.path);
    this.readFrom = resolve(from);
    const text = this.read(from, props.from !== undefined);
    this.copied = props.from === undefined ? undefined : text;
    const { documents, faults } = parseFile(this.path, text);
    this.objects = documents.flatMap(({ value }) => objectsIn(value));
    this.isWhole = faults.length === 0;
    markWhole(this);
  }

  /**
   * A Secret that is in it, or that a controller makes of what is in it: an ExternalSecret, a SealedSecret, a Cluster of CloudNativePG.
   *
   * @param keys those that are read
   * @throws EspalierError for one that it does not have, or a key that this lacks, where that can be known
   */
  secret<const K extends string>(name: string, keys: readonly K[]): Secret<K> {
    const namespace = this.requireKeys('Secret', name, keys);
    return new Secret({ name, keys, namespace, producer: this });
  }

  /** A ConfigMap that is in it, as `secret`: all of it, or a `key`. */
  configMap(name: string, keys: readonly string[] = []): YamlConfigMap {
    const require = (...those: readonly string[]) => this.requireKeys('ConfigMap', name, those);
    return yamlConfigMap(this, name, require(...keys), require);
  }

  /** A Service that is in it. @throws EspalierError for one that it does not have */
  service(name: string): YamlObject<'Service'> {
    return this.object('Service', name);
  }

  /** An object that is in it, of any kind. @throws EspalierError for one that it does not have */
  object<const K extends string>(kind: K, name: string): YamlObject<K> {
    const alike = this.objects.filter((object) => object.kind === kind);
    const found = alike.find((object) => nameOf(object) === name);
    const names = alike.map(nameOf);
    if (!found && this.isWhole && !names.some(isFilledIn)) this.refuseMissing(kind, name, names);
    return this.handle(kind, name, found && textAt(found, 'metadata', 'namespace'));
  }

  private handle<K extends string>(kind: K, name: string, namespace: string | undefined): YamlObject<K> {
    const id = `${kind} ${namespace ?? ''} ${name}`;
    const known = this.node.tryFindChild(id) as YamlObject<K> | undefined;
    return known ?? new YamlObject(this, id, { kind, name, namespace });
  }

  /** The Secrets and ConfigMaps that it brings. */
  protected made(): readonly MadeThere[] {
    return this.objects.flatMap((value) => {
      const { group } = groupVersion(textAt(value, 'apiVersion') ?? '');
      const own = textAt(value, 'metadata', 'namespace');
      const object = {
        group,
        kind: String(value.kind),
        namespace: own ?? namespaceAt(this) ?? '',
        name: nameOf(value),
        value,
      };
      return [...madeBy(object, () => undefined)].map(({ kind = 'Secret', name, namespace = own, keys, open }) => {
        return { kind, name, namespace, keys, open: open === true };
      });
    });
  }

  /** The namespace of a Secret or ConfigMap, where that is said. */
  private requireKeys(kind: MadeThere['kind'], name: string, keys: readonly string[]): string | undefined {
    const alike = this.made().filter((one) => one.kind === kind);
    const found = alike.filter((one) => one.name === name);
    if (found.length === 0) {
      const isKnown = this.objects.every((object) => isUnderstoodObject(object) && !isFilledIn(nameOf(object)));
      const names = alike.map((one) => one.name);
      if (this.isWhole && isKnown) this.refuseMissing(kind, name, names);
    }
    const has = new Set(found.flatMap((one) => [...(one.keys ?? [])]));
    const missing = keys.find((key) => !has.has(key));
    if (missing !== undefined && found.length > 0 && found.every((one) => one.keys !== undefined && !one.open)) {
      refuse(this, {
        field: `the key ${JSON.stringify(missing)} of ${kind} ${name} in ${this.path}`,
        allowed: `one of its keys: ${[...has].join(', ') || 'it has none'}`,
      });
    }
    return found[0]?.namespace;
  }

  private refuseMissing(kind: string, name: string, names: readonly string[]): never {
    refuse(this, {
      field: `${kind} ${name} in ${this.path}`,
      allowed: `one that the file has: ${[...new Set(names)].join(', ') || `it has no ${kind}`}`,
    });
  }

  private read(path: string, isCopied: boolean): string {
    let bytes: Buffer;
    try {
      bytes = readRegular(resolve(path), maximumSize);
    } catch {
      refuse(this, {
        field: isCopied ? 'from' : 'the file',
        value: path,
        allowed: 'a file of YAML that there is, no link and not larger than 10 MB',
        ...(!isCopied && { example: "from: 'files/age.sops.yaml', a file that is copied here" }),
      });
    }
    const text = bytes.toString('utf8');
    if (isCopied && !Buffer.from(text).equals(bytes))
      refuse(this, { field: 'from', value: path, allowed: 'a text in UTF-8' });
    return text;
  }
}

/** An object in a file that stays as it is, or one that a kustomization.yaml generates: stands for its name, as a construct that makes one does. */
export class YamlObject<K extends string = string> extends Construct {
  readonly kind: K;
  /** metadata.name */
  readonly name: string;

  constructor(
    scope: Construct,
    id: string,
    { kind, name, namespace }: Pick<YamlObject<K>, 'kind' | 'name'> & { namespace: string | undefined },
  ) {
    super(scope, id);
    this.kind = kind;
    this.name = name;
    if (namespace !== undefined) sayNamespace(this, namespace);
  }

  /** The namespace that it lives in. */
  get namespace(): string {
    return namespaceAt(this) ?? 'default';
  }
}

/** A ConfigMap in a file or of a generator. */
export class YamlConfigMap extends YamlObject<'ConfigMap'> {
  /** @param requireKey refuses a key that it does not have */
  constructor(
    scope: Construct,
    id: string,
    props: Place,
    private readonly requireKey: (key: string) => void,
  ) {
    super(scope, id, { kind: 'ConfigMap', ...props });
  }

  /** One of its keys: a variable of a workload, or a file. @throws EspalierError for one that it does not have */
  key(key: string): ConfigMapKey {
    this.requireKey(key);
    return new ConfigMapKey(this, key);
  }
}

interface Place {
  readonly name: string;
  readonly namespace: string | undefined;
}

/** The same handle each time it is asked for. */
export function yamlConfigMap(
  scope: Construct,
  name: string,
  namespace: string | undefined,
  requireKey: (key: string) => void,
): YamlConfigMap {
  const id = `ConfigMap ${namespace ?? ''} ${name}`;
  const known = scope.node.tryFindChild(id) as YamlConfigMap | undefined;
  return known ?? new YamlConfigMap(scope, id, { name, namespace }, requireKey);
}

/** By what it has: main.ts may load two copies of this library. */
function outputFolderOf(construct: Construct): string {
  return (construct.node.root as { outputFolder?: string }).outputFolder ?? 'dist';
}

function objectsIn(value: Json): JsonObject[] {
  if (!isJsonObject(value)) return [];
  const { kind, items } = value;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items.flatMap(objectsIn) : [value];
}

function nameOf(object: JsonObject): string {
  return textAt(object, 'metadata', 'name') ?? '';
}

/** Whether Flux fills in variables: what it is called then is not known here. */
function isFilledIn(name: string): boolean {
  return name.includes('${');
}

function isUnderstoodObject({ apiVersion, kind }: JsonObject): boolean {
  return isUnderstood({ group: groupVersion(String(apiVersion)).group, kind: String(kind) });
}
