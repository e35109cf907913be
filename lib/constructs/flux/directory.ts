import { posix } from 'node:path';
import { type ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { kustomizationNames } from '../../systems/flux/kustomization-names';
import type { Format } from '../../systems/format';
import { dnsLabel } from '../../systems/kubernetes/names';
import { joinPath } from '../../text/join-path';
import { takeComments, underComment } from '../commented';
import { optionalFormat, relativePath, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { refuseUnknown } from '../refuse-unknown';
import { freeId } from '../resource';
import {
  clusterOf,
  type FileScope,
  isPlace,
  type KustomizationScope,
  markFile,
  markPlace,
  markWritesNamespace,
  namespaceAt,
  type Place,
  placeOf,
} from '../scopes';
import { Secret } from '../secret';
import { addYamlNotes, type YamlNotes } from '../yaml-notes';
import { requireGenerated } from './generated';
import { type KustomizationFileFields, kustomizationFile } from './kustomization-fields';
import { type MadeThere, type YamlConfigMap, yamlConfigMap } from './yaml-file';

/** What folders say of their kustomization.yaml and of the objects below them. */
export interface FolderProps {
  /**
   * Fields added to the folder's kustomization.yaml: `labels`, `patches`, `components`, `configMapGenerator`, …; null for a folder that
   * gets none: it has one that somebody else wrote, or Flux applies all that lies there. What stands in it is listed by the
   * kustomization.yaml above, if Espalier writes that and `listed` is on.
   * @default none
   */
  readonly kustomizationFile?: KustomizationFileFields | null;
  /** What its kustomization.yaml is called: kustomize takes three names. @default 'kustomization.yaml' */
  readonly kustomizationFileName?: 'kustomization.yaml' | 'kustomization.yml' | 'Kustomization';
  /**
   * Whether the kustomization.yaml above lists the folder, or what it holds where it has none of its own. A Component is never listed:
   * whoever uses it names it in `components`.
   * @default true
   */
  readonly listed?: boolean;
  /**
   * Whether metadata.namespace is written in the objects below. Off where something else sets it: `namespace` in a kustomization.yaml,
   * or `targetNamespace` of a Kustomization.
   * @default as in the folder above; true for a Cluster
   */
  readonly writeNamespace?: boolean;
}

/** Of a folder, what is said in its kustomization.yaml. */
export interface DirectoryProps extends FolderProps, YamlNotes {
  /** Where it lies, below the folder of its scope; `.` for that folder itself. @default the construct's id */
  readonly path?: string;
  /** The namespace of the objects below that name none. @default that of the folder above */
  readonly namespace?: string;
}

/** A folder that no construct here makes, by its path in Flux's source. */
export class NamedDirectory {
  constructor(readonly path: string) {}
}

/** A Component of kustomize: its folder, or the way to that as kustomize has it, such as `../../components/volsync`. */
export type Component = Directory | NamedDirectory | string;

const fileNames: Format = {
  allowed: kustomizationNames.join(', '),
  example: '"kustomization.yml"',
  accepts: (value) => kustomizationNames.includes(value),
};

/** Where a Directory lies. */
const folderPath: Format = {
  ...relativePath,
  allowed: `${relativePath.allowed}; or "." for the folder of its scope`,
  accepts: (value) => value === '.' || relativePath.accepts(value),
};

/**
 * A folder of the tree. Objects constructed in it become files named after their construct's id; a kustomization.yaml
 * that lists them is written for it. Its id is its path, unless `path` says otherwise.
 *
 * @example
 * const base = new Directory(shop.directory, 'base');
 * new ConfigMap(base, 'settings', { data: { LOG_LEVEL: 'info' } }); // …/app/base/settings.yaml
 */
export class Directory extends Chart implements Place {
  /**
   * A folder that no construct here makes, for `components`.
   *
   * @param path as spec.path of a Kustomization has it, without `./`
   *
   * @example
   * const volsync = Directory.named('kubernetes/components/volsync');
   * new FluxKustomization(cluster.inNamespace('media'), 'jellyfin', { components: [volsync] });
   */
  static named(path: string): NamedDirectory {
    return new NamedDirectory(path);
  }

  readonly path: string;
  /** What is in it, for the header of its kustomization.yaml, where that is no construct's own. */
  origin: string | undefined;
  readonly kustomizationFileName: string;
  private readonly fields: KustomizationFileFields | null;
  private readonly listed: boolean;
  private readonly below: string;
  private kustomization: KustomizationScope | undefined;

  constructor(scope: Construct, id: string, props: DirectoryProps = {}) {
    const { kustomizationFile = {}, listed = true } = props ?? {};
    const given = props?.namespace ?? Chart.of(scope).namespace;
    // Kustomize sets it then.
    const ofKustomize = kustomizationFile?.namespace;
    const namespace = given ?? (typeof ofKustomize === 'string' ? ofKustomize : undefined);
    super(scope, freeId(scope, id, props?.path === undefined ? folderPath : undefined), { namespace });
    refuseUnknown(this, Directory, props);
    const path = requireFormat(this, 'path', props.path ?? id, folderPath);
    optionalFormat(this, 'namespace', props.namespace, dnsLabel);
    this.below = path === '.' ? '' : path;
    this.path = joinPath(placeOf(scope).path, this.below);
    this.fields = kustomizationFile;
    this.kustomizationFileName = kustomizationFileName(this, props);
    addYamlNotes(this, props);
    this.listed = listed && kustomizationFile?.kind !== 'Component';
    markPlace(this);
    markWritesNamespace(this, props.writeNamespace ?? (given === namespace ? undefined : false));
  }

  /** Names are those that the same objects have without the folder. */
  override generateObjectName(object: ApiObject): string {
    return Chart.of(this.node.scope as IConstruct).generateObjectName(object);
  }

  /** The Flux Kustomization whose spec.path this folder is, if it is one's. */
  get appliedBy(): KustomizationScope | undefined {
    return this.kustomization;
  }

  /** Takes the Kustomization that applies it. Of several, the first one is what depending on its objects means. */
  applyBy(kustomization: KustomizationScope): void {
    this.kustomization ??= kustomization;
  }

  get listing(): 'own' | 'above' | 'none' {
    if (this.fields !== null) return 'own';
    return this.listed && !this.kustomization ? 'above' : 'none';
  }

  /** How the folder above lists this one; nothing where a Kustomization of its own applies it, or it would be applied twice. */
  get listedAs(): string | undefined {
    return this.listed && this.fields !== null && !this.kustomization ? `./${this.below}` : undefined;
  }

  kustomizationFile(entries: readonly string[]): Readonly<Record<string, unknown>> {
    return kustomizationFile(entries, withComponents(this, this.fields ?? {}));
  }

  /**
   * A Secret that `secretGenerator` of its kustomization.yaml makes; kustomize adds the hash wherever it is named.
   *
   * @param keys those that are read
   * @throws EspalierError for one that it does not make, or a key that this lacks
   */
  secret<const K extends string>(name: string, keys: readonly K[]): Secret<K> {
    const namespace = this.generated('Secret', name, keys) ?? namespaceAt(this);
    return new Secret({ name, keys, producer: this, ...(namespace !== undefined && { namespace }) });
  }

  /** A ConfigMap that `configMapGenerator` of its kustomization.yaml makes, as `secret`: all of it, or a `key`. */
  configMap(name: string, keys: readonly string[] = []): YamlConfigMap {
    const require = (...those: readonly string[]) => this.generated('ConfigMap', name, those);
    return yamlConfigMap(this, name, require(...keys), require);
  }

  /** The namespace of what is generated, where that is said. */
  private generated(kind: MadeThere['kind'], name: string, keys: readonly string[]): string | undefined {
    const fields = takeComments(this.fields ?? {}, []) as JsonObject;
    const { namespace } = requireGenerated(this, fields, kind, name, keys);
    return this.appliedBy?.targetNamespace ?? namespace;
  }

  /** Whether its kustomization.yaml is that of a Component. */
  get isComponent(): boolean {
    return this.fields?.kind === 'Component' || this.fields === null;
  }
}

/** The comment above its first document, the schema of all, and what lists it. */
export interface FileProps extends Omit<YamlNotes, 'comments'> {
  /** Whether the folder's kustomization.yaml lists it. Off for one that something else lists, such as a patch. @default true */
  readonly listed?: boolean;
}

/** The file's name, perhaps with folders that have no kustomization.yaml of their own. */
const filePath: Format = { ...relativePath, example: '"database.yaml"' };

/**
 * A file of the tree that holds several objects. Without one, every construct gets a file of its own. In its id there may be folders
 * (`jobs/cleanup.yaml`), which get no kustomization.yaml.
 *
 * @example
 * const file = new File(shop.directory, 'database.yaml');
 */
export class File extends Construct implements FileScope {
  readonly path: string;
  /** Whether the folder's kustomization.yaml lists it. */
  readonly listed: boolean;
  /** What it is made of, for its header, where that is no construct's own. */
  origin: string | undefined;
  private maker: IConstruct | undefined;

  /** @param id the file's name with its ending, below the folder of its scope */
  constructor(scope: Construct, id: string, props: FileProps = {}) {
    super(scope, freeId(scope, id, filePath));
    refuseUnknown(this, File, props);
    addYamlNotes(this, props);
    if (/(?:^|\/)kustomization(\.ya?ml)?$/i.test(id)) {
      refuse(this, {
        field: 'id',
        value: id,
        allowed: 'a name that kustomize does not use: espalier writes its file for each folder',
      });
    }
    this.path = joinPath(placeOf(scope).path, id);
    this.listed = props.listed ?? true;
    markFile(this);
  }

  get madeBy(): IConstruct {
    return this.maker ?? this;
  }

  /** Names the construct that the file is for; the first one to do so is kept. */
  belongsTo(construct: IConstruct): void {
    this.maker ??= construct;
  }
}

/** Fields of a folder's kustomization.yaml, with the ways to Components in place of Directories. */
export function withComponents(folder: Place, fields: KustomizationFileFields): KustomizationFileFields {
  const { components } = fields;
  if (!Array.isArray(components)) return fields;
  return { ...fields, components: componentPaths(folder, components, clusterOf(folder).sourcePath(folder.path)) };
}

/**
 * Components as kustomize names them.
 *
 * @param from the folder that they are used in, as spec.path has it
 * @throws EspalierError for a folder that is no Component
 */
export function componentPaths(scope: IConstruct, components: readonly unknown[], from: string): unknown[] {
  return components.map((given) =>
    underComment(given, (component) => {
      if (component instanceof NamedDirectory)
        return posix.relative(from, requireFormat(scope, 'components', component.path, relativePath));
      if (!Construct.isConstruct(component)) return component;
      if (!isPlace(component) || !(component as Directory).isComponent) {
        refuse(scope, {
          field: 'components',
          value: component.node.path,
          allowed: 'a Directory that is a Component',
          example:
            "new Directory(cluster, 'kubernetes/components/volsync', { kustomizationFile: { kind: 'Component' } })",
        });
      }
      return posix.relative(from, clusterOf(component).sourcePath(component.path));
    }),
  );
}

/** @throws EspalierError for a name that kustomize does not look for */
export function kustomizationFileName(folder: Place, props: FolderProps): string {
  return requireFormat(folder, 'kustomizationFileName', props.kustomizationFileName ?? 'kustomization.yaml', fileNames);
}
