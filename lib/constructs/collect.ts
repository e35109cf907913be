import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { EspalierError } from '../errors';
import type { Json, Tree, TreeFile } from '../tree/tree';
import { dnsSubdomain, type Format, requireFormat } from './formats';
import { refuse, where } from './input-error';
import { dependsOn } from './order';
import {
  type ClusterScope,
  type FileScope,
  isCluster,
  isFile,
  isKustomization,
  isPlace,
  type KustomizationScope,
  type Place,
} from './scopes';

/** Where the walk stands: the scopes around a construct. */
interface Surroundings {
  readonly cluster?: ClusterScope;
  readonly place?: Place;
  /** The file, or the construct right below the folder, that objects go to. */
  readonly file?: FileScope | IConstruct;
  readonly appliedBy?: KustomizationScope;
}

interface PlacedObject {
  readonly object: ApiObject;
  readonly path: string;
  readonly madeBy: IConstruct;
  readonly cluster: ClusterScope;
  readonly appliedBy: KustomizationScope | undefined;
}

/**
 * Makes the tree of an app: one walk over its constructs places every object in a file and every file and folder in the
 * kustomization.yaml above it.
 *
 * @throws EspalierError for an object that stands in no folder, for what `node.addValidation` reports, for a cycle
 */
export function collect(app: IConstruct): Tree {
  const constructs: IConstruct[] = [];
  const placed: PlacedObject[] = [];
  const entries = new Map<Place, Set<string>>();
  walk(app, {}, constructs, placed, entries);

  refuseInvalid(constructs);
  derive(constructs, placed);

  const files = new Map<string, { madeBy: IConstruct; cluster: ClusterScope; documents: Json[] }>();
  for (const { object, path, madeBy, cluster, appliedBy } of placed) {
    const json = toJson(object, appliedBy);
    const file = files.get(path);
    if (file?.madeBy === madeBy) file.documents.push(json);
    else if (file)
      throw new EspalierError(
        `${path}: ${where(file.madeBy)} and ${where(madeBy)} both write this file. Give one of them another id, or put both in one File.`,
      );
    else files.set(path, { madeBy, cluster, documents: [json] });
  }
  const tree: TreeFile[] = [];
  for (const [path, { madeBy, cluster, documents }] of files) {
    tree.push({
      path,
      madeBy: describe((isFile(madeBy) && madeBy.madeBy) || madeBy, cluster),
      cluster: cluster.clusterName,
      documents,
    });
  }
  tree.push(...kustomizationFiles(entries));
  return { files: tree };
}

function walk(
  construct: IConstruct,
  around: Surroundings,
  constructs: IConstruct[],
  placed: PlacedObject[],
  entries: Map<Place, Set<string>>,
): void {
  constructs.push(construct);
  let here = around;
  if (isPlace(construct)) {
    list(entries, around.place, construct.listedAs);
    if (construct.kustomizationFile && !entries.has(construct)) entries.set(construct, new Set());
    here = {
      cluster: isCluster(construct) ? construct : around.cluster,
      place: construct,
      appliedBy: construct.appliedBy ?? around.appliedBy,
    };
  } else if (isFile(construct)) {
    here = { ...around, file: construct };
  } else if (around.place && !around.file) {
    here = { ...around, file: construct };
  }
  if (ApiObject.isApiObject(construct)) placed.push(place(construct, here, entries));
  for (const child of construct.node.children) walk(child, here, constructs, placed, entries);
}

function place(
  object: ApiObject,
  { cluster, place, file, appliedBy }: Surroundings,
  entries: Map<Place, Set<string>>,
): PlacedObject {
  if (!cluster || !place || !file) {
    refuse(object, {
      field: 'scope',
      allowed: 'a folder of a Cluster',
      example: 'the `directory` of an Application as the scope',
    });
  }
  if (isFile(file)) {
    if (place.kustomizationFile) list(entries, place, `./${file.node.id}`);
    return { object, path: file.path, madeBy: file, cluster, appliedBy };
  }
  if (place.noObjects !== undefined || !place.kustomizationFile) {
    refuse(object, {
      field: 'scope',
      value: place.node.path || where(place),
      allowed: `a folder that something applies${place.noObjects ? `, such as ${place.noObjects}` : ''}`,
      example: 'the `directory` of an Application',
    });
  }
  const name = `${file.node.id}.yaml`;
  list(entries, place, `./${name}`);
  return { object, path: place.path ? `${place.path}/${name}` : name, madeBy: file, cluster, appliedBy };
}

function list(entries: Map<Place, Set<string>>, place: Place | undefined, entry: string | undefined): void {
  if (!place?.kustomizationFile || entry === undefined) return;
  const listed = entries.get(place);
  if (listed) listed.add(entry);
  else entries.set(place, new Set([entry]));
}

function refuseInvalid(constructs: readonly IConstruct[]): void {
  const errors = constructs.flatMap((construct) =>
    construct.node.validate().map((message) => `${where(construct)}: ${message}`),
  );
  if (errors.length > 0) throw new EspalierError(errors.join('\n'));
}

/** Tells every Kustomization what follows from references and from what it applies. */
function derive(constructs: readonly IConstruct[], placed: readonly PlacedObject[]): void {
  const order = dependsOn(constructs);
  const kinds = new Map<KustomizationScope, Set<string>>();
  for (const { object, appliedBy } of placed) {
    if (!appliedBy) continue;
    const known = kinds.get(appliedBy);
    if (known) known.add(`${object.apiVersion}/${object.kind}`);
    else kinds.set(appliedBy, new Set([`${object.apiVersion}/${object.kind}`]));
  }
  for (const construct of constructs) {
    if (!isKustomization(construct)) continue;
    const references = (order.get(construct) ?? []).map((k) => ({
      name: k.kustomizationName,
      namespace: k.kustomizationNamespace,
    }));
    construct.derive(references, kinds.get(construct) ?? new Set());
  }
}

/** Kinds without a namespace: cdk8s gives every object of a chart the chart's. (scope: Cluster in their definitions) */
const clusterScoped = new Set([
  ...[
    'Namespace',
    'Node',
    'PersistentVolume',
    'ClusterRole',
    'ClusterRoleBinding',
    'CustomResourceDefinition',
    'APIService',
  ],
  ...[
    'StorageClass',
    'VolumeAttachment',
    'CSIDriver',
    'CSINode',
    'PriorityClass',
    'RuntimeClass',
    'IngressClass',
    'GatewayClass',
  ],
  ...[
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
  ],
  ...[
    'ClusterSecretStore',
    'ClusterExternalSecret',
    'ClusterPushSecret',
    'ClusterGenerator',
    'ClusterImageCatalog',
    'ClusterIssuer',
  ],
]);

/** RBAC's names are path segments: `system:node-reader` is one. (apimachinery, path.ValidatePathSegmentName) */
const pathSegment: Format = {
  allowed: 'a name without "/" and "%", and neither "." nor ".."',
  example: '"backstage-read"',
  accepts: (value) => value.length > 0 && value.length <= 253 && !/[/%]|^\.{1,2}$/.test(value),
};

function toJson(object: ApiObject, appliedBy: KustomizationScope | undefined): Json {
  const json = object.toJson() as { metadata?: { name?: string; namespace?: string }; [field: string]: unknown };
  const format = object.apiGroup === 'rbac.authorization.k8s.io' ? pathSegment : dnsSubdomain;
  requireFormat(object, 'metadata.name', json.metadata?.name ?? '', format);
  if (clusterScoped.has(object.kind)) delete json.metadata?.namespace;
  else if (appliedBy) refuseMisplaced(object, appliedBy, json.metadata?.namespace);
  return json as Json;
}

/** targetNamespace overrides what the manifests say: an object that names another namespace would end up elsewhere. */
function refuseMisplaced(
  object: ApiObject,
  { targetNamespace, node }: KustomizationScope,
  namespace: string | undefined,
): void {
  if (targetNamespace === undefined || namespace === undefined || namespace === targetNamespace) return;
  refuse(object, {
    field: 'metadata.namespace',
    value: namespace,
    allowed: `"${targetNamespace}", which the targetNamespace of ${node.path} moves everything into`,
    example: 'no targetNamespace: every object names its own namespace',
  });
}

function kustomizationFiles(entries: ReadonlyMap<Place, ReadonlySet<string>>): TreeFile[] {
  const files: TreeFile[] = [];
  for (const [place, listed] of entries) {
    const document = place.kustomizationFile?.([...listed]);
    if (!document) continue;
    const cluster = clusterAbove(place);
    files.push({
      path: `${place.path}/kustomization.yaml`,
      madeBy: describe(place, cluster),
      cluster: cluster.clusterName,
      documents: [document as Json],
    });
  }
  return files;
}

function clusterAbove(place: Place): ClusterScope {
  return place.node.scopes.find(isCluster) as ClusterScope;
}

/** `ExternalSecret at apps/backstage/backstage/app/secret`: the path without the cluster, so that clusters compare. */
function describe(construct: IConstruct, cluster: ClusterScope): string {
  const type = ApiObject.isApiObject(construct) ? construct.kind : construct.constructor.name;
  return `${type} at ${construct.node.path.slice(cluster.node.path.length + 1) || construct.node.path}`;
}
