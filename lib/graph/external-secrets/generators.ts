import type { JsonObject, Path } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import { groupVersion } from '../../systems/kubernetes/api-version';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import type { Asked } from './specs';

export const generatorGroup = 'generators.external-secrets.io';

/** A generator that an object names. */
export interface GeneratorRef {
  readonly kind: string;
  readonly name: string;
  /** The way to the reference from the spec. */
  readonly path: Path;
}

/** Those of the items of `dataFrom`, or of a PushSecret's selector. */
export const generatorRefs: (asked: Asked) => readonly GeneratorRef[] = memoize(({ spec }) => {
  const refs: GeneratorRef[] = [];
  for (const [i, item] of listAt(spec, 'dataFrom').entries()) {
    const ref = objectAt(item, 'sourceRef', 'generatorRef');
    if (ref !== undefined) refs.push(...refAt(ref, ['dataFrom', i, 'sourceRef', 'generatorRef']));
  }
  const selected = objectAt(spec, 'selector', 'generatorRef');
  if (selected !== undefined) refs.push(...refAt(selected, ['selector', 'generatorRef']));
  return refs;
});

function refAt(ref: JsonObject, path: Path): GeneratorRef[] {
  const kind = textAt(ref, 'kind');
  const name = textAt(ref, 'name');
  const { group } = groupVersion(textAt(ref, 'apiVersion') ?? `${generatorGroup}/v1alpha1`);
  return kind !== undefined && name !== undefined && group === generatorGroup ? [{ kind, name, path }] : [];
}

/** What a generator makes: of a ClusterGenerator, what it stands for. */
export interface GeneratorSpec {
  readonly kind: string;
  readonly resource: Resource;
  readonly spec: JsonObject;
  readonly path: Path;
}

/** A generator as it works in a namespace; undefined when the tree does not have it. */
export function generatorOf(
  cluster: Cluster,
  { kind, name }: GeneratorRef,
  namespace: string,
): GeneratorSpec | undefined {
  const where = kind === 'ClusterGenerator' ? '' : namespace;
  const [resource] = cluster.find({ group: generatorGroup, kind, namespace: where, name });
  return resource === undefined ? undefined : generatorSpec(resource);
}

export function generatorSpec(resource: Resource): GeneratorSpec {
  const { kind, value } = resource;
  if (kind !== 'ClusterGenerator') {
    return { kind, resource, spec: objectAt(value, 'spec') ?? {}, path: ['spec'] };
  }
  const of = textAt(value, 'spec', 'kind') ?? '';
  const path = ['spec', 'generator', Object.hasOwn(fields, of) ? (fields[of] ?? '') : ''];
  return { kind: of, resource, spec: objectAt(value, ...path) ?? {}, path };
}

/** Where a ClusterGenerator keeps what it stands for. */
const fields: Readonly<Record<string, string>> = {
  Password: 'passwordSpec',
  SSHKey: 'sshKeySpec',
  UUID: 'uuidSpec',
};

/** Whether a generator makes a value that is meant to stay: others make tokens that expire. */
export function makesLastingValue(kind: string): boolean {
  return Object.hasOwn(fields, kind);
}
