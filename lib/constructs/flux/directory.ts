import { Construct, type IConstruct } from 'constructs';
import { relativePath, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { freeId } from '../resource';
import { type FileScope, type KustomizationScope, markFile, markPlace, type Place, placeOf } from '../scopes';
import { addYamlNotes, type YamlNotes } from '../yaml-notes';

/** Further fields of a kustomization.yaml, as kustomize knows them; `resources` is written for you. */
export type KustomizationFileFields = Readonly<Record<string, unknown>>;

/** Of a folder, what is said in its kustomization.yaml. */
export interface DirectoryProps extends YamlNotes {
  /** Where it lies, below the folder of its scope. @default the construct's id */
  readonly path?: string;
  /**
   * Fields added to the folder's kustomization.yaml: `labels`, `patches`, `components`, `configMapGenerator`, … An own
   * `resources` is appended to what the folder holds.
   * @default none
   */
  readonly kustomizationFile?: KustomizationFileFields;
}

/**
 * A folder of the tree. Objects constructed in it become files named after their construct's id; a kustomization.yaml
 * that lists them is written for it.
 *
 * @example
 * const base = new Directory(shop.directory, 'base');
 * new ConfigMap(base, 'settings', { data: { LOG_LEVEL: 'info' } }); // …/app/base/settings.yaml
 */
export class Directory extends Construct implements Place {
  readonly path: string;
  /** What is in it, for the header of its kustomization.yaml, where that is no construct's own. */
  origin: string | undefined;
  private readonly fields: KustomizationFileFields;

  constructor(scope: Construct, id: string, props: DirectoryProps = {}) {
    super(scope, freeId(scope, id));
    const below = requireFormat(this, 'path', props.path ?? id, relativePath);
    this.path = joinPath(placeOf(scope).path, below);
    this.fields = props.kustomizationFile ?? {};
    addYamlNotes(this, props);
    markPlace(this);
  }

  private kustomization: KustomizationScope | undefined;

  /** The Flux Kustomization whose spec.path this folder is, if it is one's. */
  get appliedBy(): KustomizationScope | undefined {
    return this.kustomization;
  }

  /** @throws EspalierError when another Kustomization applies it already: the two would undo each other's work */
  applyBy(kustomization: KustomizationScope): void {
    if (this.kustomization) {
      refuse(kustomization, {
        field: 'applies',
        value: this.node.path,
        allowed: `a folder that no other Kustomization applies; ${this.kustomization.node.path} applies this one`,
      });
    }
    this.kustomization = kustomization;
  }

  /** How the folder above lists this one; nothing where a Kustomization of its own applies it, or it would be applied twice. */
  get listedAs(): string | undefined {
    if (this.kustomization) return undefined;
    const above = this.node.scope && placeOf(this.node.scope).path;
    return `./${above ? this.path.slice(above.length + 1) : this.path}`;
  }

  kustomizationFile(entries: readonly string[]): Readonly<Record<string, unknown>> {
    return kustomizationFile(entries, this.fields);
  }
}

/**
 * A file of the tree that holds several objects. Without one, every construct gets a file of its own.
 *
 * @example
 * const file = new File(shop.directory, 'database.yaml');
 */
export class File extends Construct implements FileScope {
  readonly path: string;
  /** What it is made of, for its header, where that is no construct's own. */
  origin: string | undefined;
  private maker: IConstruct | undefined;

  /**
   * @param id the file's name, with its ending
   * @param notes the comment above its first document, and the schema of all
   */
  constructor(scope: Construct, id: string, notes: Omit<YamlNotes, 'comments'> = {}) {
    super(scope, freeId(scope, id));
    addYamlNotes(this, notes);
    if (/^kustomization(\.ya?ml)?$/i.test(id)) {
      refuse(this, {
        field: 'id',
        value: id,
        allowed: 'a name that kustomize does not use: espalier writes its file for each folder',
      });
    }
    this.path = joinPath(placeOf(scope).path, id);
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

/** A kustomization.yaml that lists these entries, and after them those that the fields bring. */
export function kustomizationFile(
  entries: readonly string[],
  { resources = [], ...fields }: KustomizationFileFields,
): Readonly<Record<string, unknown>> {
  const all = [...entries, ...(resources as readonly string[])];
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...fields, resources: all };
}

/** Joins POSIX paths, of which the first may be empty (the tree's root). */
export function joinPath(above: string, below: string): string {
  return above === '' ? below : `${above}/${below}`;
}
