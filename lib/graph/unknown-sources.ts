import type { Path } from '../json/json';
import { isJsonObject, type Json } from '../json/json';
import { at, listAt, textAt } from '../json/read';
import { groupKind } from '../systems/api-version';
import { isRemote } from '../systems/flux/helm-release';
import { isSealed } from '../tree/source/encrypted';
import type { ChartContents } from './chart-contents';
import { beginsWith, leftUnknown } from './chart-objects';
import { describe, type Identity } from './identity';
import { generated, listed } from './listed-objects';
import { isOfOthers, ownersOf } from './owners';
import type { FluxKustomization, Resource } from './resource';
import type { SetContents } from './resource-sets/contents';
import type { UnknownSource } from './unknown-source';

/** What may make objects that the tree does not show. */
export function unknownSourcesIn(
  kustomizations: readonly FluxKustomization[],
  resources: readonly Resource[],
  charts: ReadonlyMap<Resource, ChartContents>,
  sets: ReadonlyMap<Resource, SetContents>,
): UnknownSource[] {
  const found: UnknownSource[] = [];
  const owners = ownersOf(kustomizations, resources);
  const foreign = (address: string | undefined) => isOfOthers(address, owners);
  for (const kustomization of kustomizations) addThoseOf(kustomization, resources, foreign, found);
  const find = (kind: string, namespace: string, name: string) =>
    resources.find((other) => other.kind === kind && other.namespace === namespace && other.name === name);
  for (const resource of resources) found.push(...unknownSourcesOf(resource, find, charts, sets));
  return found;
}

type Foreign = (address: string | undefined) => boolean;

/** Adds what a Kustomization applies that the tree does not show. */
function addThoseOf(
  kustomization: FluxKustomization,
  resources: readonly Resource[],
  foreign: Foreign,
  found: UnknownSource[],
): void {
  const { contents, resource, spec, name, namespace } = kustomization;
  if (at(spec, 'kubeConfig') !== undefined) return;
  const target = textAt(spec, 'targetNamespace');
  const { document } = resource;
  if (contents.type === 'missing') {
    // That the folder is missing is reported: what is likely to have been in it is not, too.
    const why = `${describe(resource)} may bring it (its folder ${contents.folder} is missing)`;
    found.push({ why, namespaces: [target ?? namespace, name], document, path: ['spec', 'path'] });
    return;
  }
  if (contents.type === 'elsewhere') {
    const why = `${describe(resource)} may bring it (${contents.why})`;
    const address = addressOf(kustomization, resources);
    const makes =
      definitionsIn(textAt(spec, 'path') ?? '') ??
      (target === undefined && foreign(address) ? ofSoftware(`${name} ${address}`) : undefined);
    found.push({ why, makes, namespaces: [target ?? '*'], document, path: ['spec', 'path'] });
    return;
  }
  const { built } = contents;
  if (resource.uncertain) {
    const why = `${describe(resource)} may bring it (one of its patches is not known)`;
    found.push({ why, namespaces: ['*'], document, path: resource.path });
  }
  // What a file of the tree would bring most likely lies where the rest of the folder does.
  const beside = [...new Set(kustomization.resources.map((one) => one.namespace))].filter((one) => one !== '');
  const root = textAt(built.kustomizations[0]?.value, 'namespace');
  for (const { document, path, what, hidesObjects, text } of built.unresolved) {
    if (!hidesObjects) continue;
    const entry = textAt(document.value, ...path);
    const own = target ?? root ?? textAt(document.value, 'namespace');
    const near = isAddress(entry) || beside.length === 0 ? ['*'] : beside;
    const namespaces = own !== undefined ? [own] : (namespacesIn(text ?? '') ?? near);
    const why = `${document.file.path} may bring it (${what})`;
    const makes = generatedAt(document.value, path) ?? madeBy(entry, foreign);
    found.push({ why, makes, namespaces, document, path });
  }
  for (const { document, value } of built.objects) {
    if (!isSealed(value)) continue;
    const why = `${document.file.path} may bring it (all of it is encrypted)`;
    const namespaces = target !== undefined ? [target] : beside.length > 0 ? beside : ['*'];
    // What people encrypt.
    const makes = ({ group, kind }: Identity) => group === '' && owned.has(kind) && kind !== 'PersistentVolumeClaim';
    found.push({ why, makes, namespaces, document, path: [] });
  }
  for (const { document, path, fails } of built.faults) {
    if (!fails) continue;
    const own = target ?? root ?? textAt(document.value, 'namespace');
    const namespaces = own !== undefined ? [own] : beside.length > 0 ? beside : [namespace, name];
    const why = `${document.file.path}, which cannot be built, may bring it`;
    found.push({ why, namespaces, document, path });
  }
}

/**
 * The namespaces of what a text that cannot be read is to make; undefined where it does not name them all: a Kustomization without
 * targetNamespace applies whatever its folder holds.
 */
function namespacesIn(text: string): readonly string[] | undefined {
  const countOf = (part: RegExp) => text.match(part)?.length ?? 0;
  if (countOf(/^\s*targetNamespace:/gm) < countOf(/^apiVersion:.*kustomize\.toolkit\.fluxcd\.io/gm)) return undefined;
  if (/^kind:\s*["']?(?:ResourceSet|ApplicationSet|Application|ClusterPolicy)\b/m.test(text)) return undefined;
  // Of metadata and spec alone: what stands further in names others.
  const [, indent = ''] = /^( +)name:/m.exec(text) ?? [];
  const field = new RegExp(`^${indent}(?:targetN|n)amespace:\\s*(?:&\\S+\\s+)?["']?([^\\s"']+)`, 'gm');
  const given = [...text.matchAll(field)].map(([, name = '']) => name);
  const names = given.flatMap((name) => {
    const anchor = /^\*([\w-]+)$/.exec(name)?.[1];
    if (anchor === undefined) return [name];
    return [...text.matchAll(new RegExp(`&${anchor}\\s+["']?([^\\s"']+)`, 'g'))].map(([, named = '']) => named);
  });
  return names.length > 0 && names.every((name) => /^[a-z0-9-]+$/.test(name)) ? [...new Set(names)] : undefined;
}

/** Where the files of a Kustomization come from, as its source says. */
function addressOf({ spec, namespace }: FluxKustomization, resources: readonly Resource[]): string | undefined {
  const kind = textAt(spec, 'sourceRef', 'kind');
  const name = textAt(spec, 'sourceRef', 'name');
  const within = textAt(spec, 'sourceRef', 'namespace') ?? namespace;
  const source = resources.find((one) => one.kind === kind && one.name === name && one.namespace === within);
  // What takes credentials to read is not everybody's.
  return source === undefined || at(source.value, 'spec', 'secretRef') !== undefined
    ? undefined
    : textAt(source.value, 'spec', 'url');
}

/** Whether an entry is fetched when Flux builds: an address, or a repository of a host. */
function isAddress(entry = ''): boolean {
  return /^[a-z+]+:\/\/|^[^/]+@|^(?:www\.)?(?:github|gitlab|bitbucket|codeberg)\.[a-z]+\//i.test(entry);
}

/** What a generator makes, of which a file is not known: the object is. */
function generatedAt(value: Json, [field, index = '']: Path): UnknownSource['makes'] {
  const kind = { configMapGenerator: 'ConfigMap', secretGenerator: 'Secret' }[String(field)];
  const name = textAt(value, String(field), index, 'name');
  if (kind === undefined || name === undefined) return undefined;
  return (object) => object.kind === kind && beginsWith(object.name, name);
}

/** What a remote entry of a kustomization.yaml may make. */
function madeBy(entry: string | undefined, foreign: Foreign): UnknownSource['makes'] {
  if (entry === undefined) return undefined;
  return definitionsIn(entry) ?? (foreign(entry) ? ofSoftware(entry) : undefined);
}

/** What is called after definitions brings nothing else: `cert-manager.crds.yaml`, `config/crd?ref=v1`. */
function definitionsIn(way: string): UnknownSource['makes'] {
  if (!/[/._-](?:crds?|customresourcedefinitions?)(?:$|[/._?])/i.test(way)) return undefined;
  return ({ kind }) => kind === 'CustomResourceDefinition';
}

/** Objects that are an app's own. */
const owned = new Set(['Secret', 'ConfigMap', 'PersistentVolumeClaim']);

/**
 * What software of others brings: all but Secrets, ConfigMaps and claims of this tree's own apps. Those of the software share a word with where
 * it comes from.
 */
function ofSoftware(origin: string): UnknownSource['makes'] {
  const words = new Set(origin.toLowerCase().match(/[a-z0-9]{4,}/g));
  for (const word of ofAddresses) words.delete(word);
  return ({ group, kind, name }) =>
    group !== '' || !owned.has(kind) || name.split(/[-.]/).some((part) => words.has(part));
}

/** Words that say nothing of whose an address is. */
const ofAddresses =
  'https github githubusercontent gitlab main master refs heads tags releases download manifests manifest deploy config base default install kustomize yaml json apps flux system secret secrets'.split(
    ' ',
  );

/** What an object may make that the tree does not show: nothing, for nearly all. */
function unknownSourcesOf(
  resource: Resource,
  find: (kind: string, namespace: string, name: string) => Resource | undefined,
  charts: ReadonlyMap<Resource, ChartContents>,
  sets: ReadonlyMap<Resource, SetContents>,
): readonly UnknownSource[] {
  const { value, namespace } = resource;
  const source = (of: Partial<UnknownSource>): UnknownSource => ({
    why: `${describe(resource)} may make it`,
    namespaces: ['*'],
    document: resource.document,
    path: ['metadata', 'name'],
    ...of,
  });
  switch (groupKind(resource)) {
    case 'helm.toolkit.fluxcd.io/HelmRelease':
      return isRemote(resource) ? [] : leftUnknown(resource, charts.get(resource), find).map(source);
    case 'helm.cattle.io/HelmChart': {
      const target = textAt(value, 'spec', 'targetNamespace') ?? namespace;
      const creates = at(value, 'spec', 'createNamespace') === true ? target : undefined;
      return [source({ namespaces: [target], helm: true, createsNamespace: creates })];
    }
    case 'argoproj.io/Application':
      return [source({ namespaces: [textAt(value, 'spec', 'destination', 'namespace') ?? '*'] })];
    case 'argoproj.io/ApplicationSet':
      return [source({})];
    case 'fluxcd.controlplane.io/ResourceSet':
      return listed(resource, sets.get(resource)).map(source);
    case 'kyverno.io/ClusterPolicy':
    case 'kyverno.io/Policy':
      return listAt(value, 'spec', 'rules').flatMap((rule) => {
        const generate = at(rule, 'generate');
        return isJsonObject(generate) ? generated(generate).map(source) : [];
      });
    // Operators that give rights (Capsule 0.10, rbac-manager 1.9, HNC 1.1).
    case 'capsule.clastix.io/Tenant':
    case 'rbacmanager.reactiveops.io/RBACDefinition':
    case 'hnc.x-k8s.io/HierarchyConfiguration':
    case 'hnc.x-k8s.io/SubnamespaceAnchor':
      return [source({ makes: isOfRbac, holds: isOfRbac })];
    default:
      return [];
  }
}

function isOfRbac({ group }: { readonly group: string }): boolean {
  return group === 'rbac.authorization.k8s.io';
}
