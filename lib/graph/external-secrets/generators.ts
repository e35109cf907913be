import type { JsonObject, Path } from '../../json/json';
import { type GeneratorRef, generatorIn } from '../../systems/external-secrets/generators';
import { generatorGroup } from '../../systems/external-secrets/spec';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';

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
  { kind, name }: Pick<GeneratorRef, 'kind' | 'name'>,
  namespace: string,
): GeneratorSpec | undefined {
  const where = kind === 'ClusterGenerator' ? '' : namespace;
  const [resource] = cluster.find({ group: generatorGroup, kind, namespace: where, name });
  return resource && { resource, ...generatorIn(resource.value) };
}

/** Passwords, and ClusterGenerators that stand for one. */
export function passwordsIn(cluster: Cluster): GeneratorSpec[] {
  return ['Password', 'ClusterGenerator']
    .flatMap((kind) => cluster.ofKind(generatorGroup, kind))
    .map((resource) => ({ resource, ...generatorIn(resource.value) }))
    .filter(({ kind }) => kind === 'Password');
}
