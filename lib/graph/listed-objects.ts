import type { Json, JsonObject } from '../json/json';
import { at, listAt, textAt } from '../json/read';
import { groupVersion } from '../systems/api-version';
import { isFluxGroup, isKubernetesGroup } from '../systems/kinds/groups';
import { isProducer } from '../systems/secrets-made';
import { fitsWildcards } from '../text/wildcards';
import type { Identity } from './identity';
import type { Resource } from './resource';
import type { SetContents } from './resource-sets/contents';
import { partsOf } from './resource-sets/parts';
import type { UnknownSource } from './unknown-source';

type Made = Partial<UnknownSource>;

/**
 * What a ResourceSet makes as far as its objects are not known: objects of the kinds that it lists, with what its inputs fill in
 * (https://fluxoperator.dev/docs/crd/resourceset/).
 */
export function listed({ value, namespace }: Resource, contents: SetContents | undefined): Made[] {
  const parts = contents?.type === 'unfolded' ? contents.open : partsOf(value);
  const objects = parts.flatMap(({ template }) => (typeof template === 'string' ? templated(template) : [template]));
  return objects.flatMap((object) => {
    const kind = textAt(object, 'kind');
    if (kind === undefined) return [];
    const { group } = groupVersion(textAt(object, 'apiVersion') ?? '');
    const within = toWildcards(textAt(object, 'metadata', 'namespace') ?? namespace);
    const name = toWildcards(textAt(object, 'metadata', 'name') ?? '*');
    return madeOf({ group, kind, namespace: within, name }, object);
  });
}

/** What a rule of Kyverno generates: one object, or copies of a kind's (https://kyverno.io/docs/policy-types/cluster-policy/generate/). */
export function generated(generate: JsonObject): Made[] {
  const namespace = toWildcards(textAt(generate, 'namespace') ?? '*');
  const kind = textAt(generate, 'kind');
  if (kind !== undefined) {
    const { group } = groupVersion(textAt(generate, 'apiVersion') ?? '');
    return madeOf({ group, kind, namespace, name: toWildcards(textAt(generate, 'name') ?? '*') }, at(generate, 'data'));
  }
  const kinds = listAt(generate, 'cloneList', 'kinds').filter((one) => typeof one === 'string');
  const plain = new Set((kinds as string[]).map((one) => one.split('/').at(-1)));
  if (plain.size > 0) return [{ namespaces: [namespace], makes: (object) => plain.has(object.kind) }];
  // Of foreach nobody looks at more than that it is one.
  return [{ namespaces: ['*'] }];
}

/** An object that is made, and what it makes in turn: a Kustomization whatever it applies, an operator's object its Secrets. */
function madeOf({ group, kind, namespace, name }: Identity, object: Json | undefined): Made[] {
  const itself: Made = {
    namespaces: [namespace],
    makes: (other) => other.kind === kind && other.group === group && fitsWildcards(name, other.name),
  };
  const target = textAt(object, 'spec', 'targetNamespace');
  switch (`${group}/${kind}`) {
    case 'kustomize.toolkit.fluxcd.io/Kustomization':
      return [itself, { namespaces: [target === undefined ? '*' : toWildcards(target)] }];
    case 'helm.toolkit.fluxcd.io/HelmRelease': {
      const makes = (other: Identity) => fitsWildcards(`${name}*`, other.name);
      return [itself, { namespaces: [target === undefined ? namespace : toWildcards(target)], helm: true, makes }];
    }
  }
  if (makers.has(kind) || kind.includes('<<')) return [{ namespaces: ['*'] }];
  // Of these nothing but pods is made.
  if (isKubernetesGroup(group) || isFluxGroup(group)) return [itself];
  // What makes Secrets may make them of any name that is filled in; of other kinds, what their fields say.
  const words = new Set(JSON.stringify(object ?? null).match(/[A-Za-z0-9.-]+/g));
  const any = isProducer({ group, kind });
  const makes = (other: Identity) =>
    other.group === '' && (other.kind === 'Secret' || other.kind === 'ConfigMap') && (any || words.has(other.name));
  return [itself, { namespaces: [namespace], makes }];
}

/** What is filled in, in the ways of ResourceSets and of Kyverno, may be anything. */
function toWildcards(text: string): string {
  return text.replace(/<<.*?>>|\{\{.*?\}\}/gs, '*');
}

/** The objects in a template, as far as who they are can be read before it is filled in. */
function templated(template: string): JsonObject[] {
  return template.split(/^---.*$/m).flatMap((text): JsonObject[] => {
    if (!text.includes('kind:')) return [];
    const field = (pattern: RegExp) =>
      pattern
        .exec(text)?.[1]
        ?.trim()
        .replace(/^(["'])(.*)\1$/, '$2');
    const metadata = { name: field(/^ {2}name:(.*)$/m) ?? '*', namespace: field(/^ {2}namespace:(.*)$/m) ?? '*' };
    const target = field(/^ {2}targetNamespace:(.*)$/m);
    const spec: JsonObject = target === undefined ? {} : { targetNamespace: target };
    return [
      { apiVersion: field(/^apiVersion:(.*)$/m) ?? '', kind: field(/^kind:(.*)$/m) ?? unknownKind, metadata, spec },
    ];
  });
}

/** Of which nobody knows what it makes. */
const unknownKind = 'ResourceSet';

/** Kinds whose objects make others, of any kind and anywhere. */
const makers = new Set([unknownKind, 'Application', 'ApplicationSet', 'ClusterPolicy']);
