import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { EspalierError } from '../errors';
import { readDefinition } from '../graph/schema/definition';
import type { Json } from '../json/json';
import { groupKind, groupVersion } from '../systems/api-version';
import { isClusterScoped } from '../systems/kinds/scope';
import { dnsSubdomain, pathSegment } from '../systems/kubernetes/names';
import { groupBy } from '../text/group-by';
import { joinPath } from '../text/join-path';
import { resourcesByName } from '../tree/kustomize/resources-by-name';
import type { DocumentComments, Tree, TreeFile } from '../tree/tree';
import { underComment, withoutComments } from './commented';
import { externalIn } from './external';
import { withVariables } from './flux/variable';
import { requireFormat } from './formats';
import { refuse, where } from './input-error';
import { composeRest } from './late';
import { dependsOn } from './order';
import { type PlacedFile, type PlacedObject, placeObjects } from './placement';
import {
  type ClusterScope,
  clusterOf,
  isFile,
  type KeptKustomization,
  type KustomizationScope,
  keptIn,
  namespaceAt,
  type Place,
  placeOf,
  writesNamespace,
} from './scopes';
import { isVerbatim } from './verbatim';
import { commentsOf } from './yaml-notes';

/**
 * Makes the tree of an app: its objects in their files, and a kustomization.yaml for each folder.
 *
 * @param sortResources whether these list by name
 * @throws EspalierError for an object that Flux would not get to, for what `node.addValidation` reports, for a cycle
 */
export function collect(app: IConstruct, sortResources = false): Tree {
  composeRest(app);
  const { constructs, clusters, objects, files: whole, entries } = placeObjects(app);
  refuseInvalid(constructs);
  derive(constructs, objects, whole);

  const tree: TreeFile[] = [];
  const scopes = definedScopes(objects);
  const said = new Set<IConstruct>();
  const open = new Map<string, { madeBy: IConstruct; cluster: ClusterScope; written: OpenFile }>();
  for (const { object, path, madeBy, cluster, appliedBy } of objects) {
    const { document, comments } = commentsOf(toJson(object, appliedBy, scopes), object, madeBy, said);
    let file = open.get(path);
    if (file === undefined) {
      file = { madeBy, cluster, written: openFile(path, madeBy, cluster) };
      open.set(path, file);
      tree.push(file.written);
    } else if (file.madeBy !== madeBy) throw sameFile(path, file.madeBy, madeBy, file.cluster === cluster);
    addDocument(file.written, document, comments);
  }
  for (const { file, path, cluster } of whole) {
    const { copied: text, objects: documents } = file;
    if (text === undefined) continue;
    tree.push({ path, madeBy: describe(file, cluster), cluster: cluster.clusterName, documents, text });
  }
  addKustomizationFiles(tree, entries, sortResources);
  const external = externalIn(app);
  const policies = clusters
    .filter(({ vaultPolicies }) => vaultPolicies)
    .map(({ clusterName, path }) => ({ cluster: clusterName, folder: path === '' ? 'vault' : `${path}/vault` }));
  const named = clusters.map(({ clusterName, path, props, node }) => ({
    name: clusterName,
    folder: path,
    props,
    taken: node.children.map((child) => child.node.id),
  }));
  return {
    files: tree.map((file) => ({ ...file, documents: file.documents.map(withVariables) })),
    ...(named.length > 0 && { clusters: named }),
    ...(external.length > 0 && { external }),
    ...(whole.length > 0 && { madeOf: whole.map(({ file }) => file.readFrom) }),
    ...(policies.length > 0 && { policies }),
  };
}

/** A file to which documents are added. */
type OpenFile = Omit<TreeFile, 'documents' | 'comments'> & {
  readonly documents: Json[];
  comments?: (DocumentComments | undefined)[];
};

function openFile(path: string, madeBy: IConstruct, cluster: ClusterScope): OpenFile {
  const described = describe((isFile(madeBy) && madeBy.madeBy) || madeBy, cluster);
  const origin = isFile(madeBy) ? madeBy.origin : undefined;
  return { path, madeBy: described, ...(origin && { origin }), cluster: cluster.clusterName, documents: [] };
}

function addDocument(file: OpenFile, document: Json, comments: DocumentComments | undefined): void {
  file.documents.push(document);
  if (comments === undefined) return;
  file.comments ??= [];
  file.comments[file.documents.length - 1] = comments;
}

function sameFile(path: string, one: IConstruct, other: IConstruct, sameCluster: boolean): EspalierError {
  const remedy = sameCluster
    ? 'Give one of them another id, or put both in one File.'
    : 'Give each Cluster a `directory` of its own.';
  return new EspalierError(`${path}: ${where(one)} and ${where(other)} both write this file. ${remedy}`);
}

function sameFolder(path: string, one: Place, other: Place): EspalierError {
  return new EspalierError(
    `${path}: ${where(one)} and ${where(other)} both write this file. Give one of them another \`path\`, or \`kustomizationFile: null\`.`,
  );
}

function refuseInvalid(constructs: readonly IConstruct[]): void {
  const errors: string[] = [];
  for (const construct of constructs) {
    for (const message of construct.node.validate()) errors.push(`${where(construct)}: ${message}`);
  }
  if (errors.length > 0) throw new EspalierError(errors.join('\n'));
}

/** Tells every Kustomization what follows from references and from what it applies. */
function derive(
  constructs: readonly IConstruct[],
  placed: readonly PlacedObject[],
  whole: readonly PlacedFile[],
): void {
  const members = groupBy(placed, ({ appliedBy }) => appliedBy);
  const files = groupBy(whole, ({ appliedBy }) => appliedBy);
  for (const [kustomization, waitedFor] of dependsOn(constructs)) {
    const references = waitedFor.map((k) => ({ name: k.kustomizationName, namespace: k.kustomizationNamespace }));
    const objects = members.get(kustomization.first) ?? [];
    const given = (files.get(kustomization.first) ?? []).flatMap(({ file }) => file.objects);
    const all = [...objects.map(({ object }) => object), ...given];
    kustomization.derive(references, new Set(all.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`)));
  }
}

/** Whether kinds lie in no namespace, as the app's own definitions say, by `group/kind`. */
function definedScopes(objects: readonly PlacedObject[]): ReadonlyMap<string, boolean | undefined> {
  const definitions = objects.filter(({ object: { kind } }) => kind === 'CustomResourceDefinition');
  return new Map(
    definitions.flatMap(({ object }) => {
      const definition = readDefinition(object.toJson());
      return definition === undefined ? [] : [[groupKind(definition), definition.clusterScoped] as const];
    }),
  );
}

function toJson(
  object: ApiObject,
  appliedBy: KustomizationScope | undefined,
  scopes: ReadonlyMap<string, boolean | undefined>,
): Json {
  if (isVerbatim(object)) return object.toJson();
  const json = object.toJson() as { metadata?: { name?: string; namespace?: string }; [field: string]: unknown };
  const type = { group: groupVersion(object.apiVersion).group, kind: object.kind };
  const format = type.group === 'rbac.authorization.k8s.io' ? pathSegment : dnsSubdomain;
  requireFormat(object, 'metadata.name', json.metadata?.name ?? '', format);
  // cdk8s gives every object of a chart the chart's namespace; whose scope nobody knows keeps it.
  if (scopes.get(groupKind(type)) ?? isClusterScoped(type)) delete json.metadata?.namespace;
  else if (json.metadata?.namespace === Chart.of(object).namespace) {
    const { namespace: _, ...metadata } = json.metadata ?? {};
    const namespace = writesNamespace(object) ? namespaceAt(object) : undefined;
    if (namespace !== json.metadata?.namespace) json.metadata = { ...metadata, ...(namespace && { namespace }) };
    else if (appliedBy) refuseMisplaced(object, appliedBy, namespace);
  }
  return json as Json;
}

/**
 * targetNamespace overrides what the manifests say: an object that has another namespace from where it stands would end up elsewhere.
 * What an author has written in the object itself is left to the checks.
 */
function refuseMisplaced(
  object: ApiObject,
  { targetNamespace, node }: KustomizationScope,
  namespace: string | undefined,
): void {
  if (targetNamespace === undefined || namespace === undefined || namespace === targetNamespace) return;
  refuse(object, {
    field: 'metadata.namespace',
    value: namespace,
    allowed: `"${targetNamespace}", because targetNamespace of ${node.path} moves everything there`,
    example: 'leave targetNamespace out: every object has its own namespace',
  });
}

function addKustomizationFiles(
  tree: TreeFile[],
  entries: ReadonlyMap<Place, ReadonlySet<string>>,
  sortResources: boolean,
): void {
  const made = new Map<string, Place>();
  for (const [place, listed] of entries) {
    const kept = keptIn(place);
    if (kept) {
      refuseUnlisted(kept, kept.lacks([...listed]));
      continue;
    }
    const said = place.kustomizationFile?.([...listed]);
    if (!said) continue;
    const fields = sortResources ? { ...said, resources: underComment(said.resources, byName) } : said;
    const cluster = clusterOf(place);
    const path = joinPath(place.path, place.kustomizationFileName ?? 'kustomization.yaml');
    const other = made.get(path);
    if (other && clusterOf(other) === cluster) throw sameFolder(path, other, place);
    made.set(path, place);
    const { document, comments } = commentsOf(fields as Json, place, place, new Set());
    tree.push({
      path,
      madeBy: describe(place, cluster),
      ...(place.origin && { origin: place.origin }),
      cluster: cluster.clusterName,
      documents: [document],
      ...(comments && { comments: [comments] }),
    });
  }
}

function byName(resources: unknown): unknown {
  return Array.isArray(resources) ? resourcesByName(resources, (entry) => withoutComments(String(entry))) : resources;
}

function refuseUnlisted({ path }: KeptKustomization, lacking: readonly string[]): void {
  if (lacking.length === 0) return;
  throw new EspalierError(
    `${path}: its author's own, it does not list what main.ts puts there. Add to its resources:\n${lacking.map((entry) => `  - ${entry}\n`).join('')}`.trimEnd(),
  );
}

/** `ExternalSecret at apps/backstage/backstage/app/secret`: the path without the cluster, so that clusters compare. */
function describe(construct: IConstruct, cluster: ClusterScope): string {
  const type = ApiObject.isApiObject(construct) ? construct.kind : construct.constructor.name;
  return `${type} at ${wayTo(construct, cluster) || construct.node.path}`;
}

/** Where it stands in its cluster: by the ids of constructs or, where folders are those of an existing repository, by its folder. */
function wayTo(construct: IConstruct, cluster: ClusterScope): string {
  if (cluster.hasRoot) return construct.node.path.slice(cluster.node.path.length + 1);
  const place = placeOf(construct);
  return joinPath(place.path, construct.node.path.slice(place.node.path.length + 1));
}
