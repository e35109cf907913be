import type { JsonObject, Path } from '../json/json';
import { listAt, textAt } from '../json/read';
import { groupBy } from '../text/group-by';
import { type KyvernoResult, runKyverno } from '../tree/kyverno';
import type { Cluster } from './cluster';
import type { Graph } from './graph';
import type { KyvernoVerdict } from './kyverno-verdict';
import { isSecret } from './masking';
import type { Resource } from './resource';
import { allKnown } from './schema/equal';
import { isKnown } from './substitution';

const kinds: Readonly<Record<string, readonly string[]>> = {
  'kyverno.io': ['ClusterPolicy', 'Policy'],
  'policies.kyverno.io': ['ValidatingPolicy', 'NamespacedValidatingPolicy'],
};

/** The policies of Kyverno that a cluster has, those of other folders included. */
export function kyvernoPolicies(cluster: Cluster, { policies = [] }: Graph): readonly Resource[] {
  return [...cluster.resources, ...policies].filter(({ group, kind }) => kinds[group]?.includes(kind) === true);
}

/**
 * A graph with what Kyverno says of its objects.
 *
 * @throws EspalierError where the command kyverno is missing, or fails
 */
export async function withKyverno(graph: Graph): Promise<Graph> {
  const kyverno = new Map<Cluster, readonly KyvernoVerdict[]>();
  for (const cluster of graph.clusters) {
    const policies = kyvernoPolicies(cluster, graph);
    if (policies.length === 0) continue;
    const values = (all: readonly Resource[]): JsonObject[] => all.map(({ value }) => value);
    const objects = cluster.resources.filter((resource) => !policies.includes(resource));
    const results = await runKyverno(values(policies), values(objects));
    kyverno.set(
      cluster,
      verdictsOf(
        results.map((result) => enforced(result, policies)),
        objects,
        policies,
      ),
    );
  }
  return { ...graph, kyverno };
}

/** Of policies in CEL, Kyverno 1.14 takes Deny for an audit. */
function enforced(result: KyvernoResult, policies: readonly Resource[]): KyvernoResult {
  const isDenied = policies.some(
    ({ group, name, value }) =>
      group === 'policies.kyverno.io' &&
      name === result.policy &&
      listAt(value, 'spec', 'validationActions').includes('Deny'),
  );
  return isDenied && result.result === 'warn' ? { ...result, result: 'fail' } : result;
}

function verdictsOf(
  results: readonly KyvernoResult[],
  objects: readonly Resource[],
  policies: readonly Resource[],
): readonly KyvernoVerdict[] {
  const byName = groupBy(objects, ({ kind, namespace, name }) => JSON.stringify([kind, namespace, name]));
  return results.flatMap(({ kind, namespace, name, policy, rule, result, message }) => {
    // Kyverno takes an object without a namespace to be in that of the cluster's default.
    const found = byName.get(JSON.stringify([kind, namespace, name])) ?? byName.get(JSON.stringify([kind, '', name]));
    const [resource] = found ?? [];
    if (resource === undefined) return [];
    const [, said = message, field = ''] =
      /^(?:validation error: )?([\s\S]*?)\.? rule \S+ failed at path (\S+)/.exec(message) ?? [];
    // A part of a value nobody would recognize as secret: of a Secret, only what the policy has word for word.
    const { value, document } = resource;
    const isTold = !isSecret({ value, encrypted: document.encrypted }) || messagesOf(policy, policies).has(plain(said));
    return [
      {
        ...{ policy, rule, result, resource },
        message: isTold ? said : rule === '' ? 'what it says may quote a value' : `rule ${rule}`,
        path: pathOf(field),
        known: allKnown(value, isKnown),
      },
    ];
  });
}

/** The messages that policies of a name have word for word. */
function messagesOf(name: string, policies: readonly Resource[]): ReadonlySet<string> {
  const own = policies.filter((policy) => policy.name === name);
  return new Set(
    own.flatMap(({ value }) =>
      [
        ...listAt(value, 'spec', 'rules').map((rule) => textAt(rule, 'validate', 'message')),
        ...listAt(value, 'spec', 'validations').map((validation) => textAt(validation, 'message')),
      ].flatMap((message) => (message === undefined ? [] : plain(message))),
    ),
  );
}

/** As Kyverno prints it, but for how its lines are broken. */
function plain(message: string): string {
  return message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}

/** `/spec/containers/0/image/` as a path. */
function pathOf(field: string): Path {
  return field
    .split('/')
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
