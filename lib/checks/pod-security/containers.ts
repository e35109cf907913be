import type { Cluster } from '../../graph/cluster';
import { describe } from '../../graph/identity';
import { labelsOf, matches } from '../../graph/pods';
import { isKnown } from '../../graph/substitution';
import { type Container, containersOf, type PodTemplate, podTemplates } from '../../graph/workload';
import type { Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import type { RuleOptions } from '../../rules/rule';
import { isGiven } from '../../systems/given';
import { imageParts } from '../../systems/image';
import { hasTrait } from '../../systems/kinds/kinds';
import { memoize } from '../../text/memoize';
import type { ClusterCheck } from '../check';
import type { RuleDescription } from '../finding';
import type { Unless } from '../unless';

/** A container as its rules see it. */
interface Seen extends Container {
  readonly name: string;
  readonly pod: PodTemplate;
  readonly cluster: Cluster;
  /** Whether it goes on running as long as its pod does: an init container that is no sidecar does not. */
  readonly lasts: boolean;
}

/** What is wrong with a container: a clause, and where, below the container. */
interface Fault {
  readonly path: Path;
  readonly message: string;
  readonly unless?: Unless | undefined;
}

interface ContainerRule<Options extends RuleOptions> extends RuleDescription {
  readonly options?: Options;
  fault(container: Seen, options: Options): Fault | undefined;
}

const limits = 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/';
const probes = 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/';

const rules = [
  rule({
    id: 'pod-security/memory-limit',
    severity: 'warning',
    title: 'Container without a memory limit',
    atRunTime: 'a leak takes the memory of the whole node, and the kernel kills whatever it finds there',
    remedy: 'set resources.limits.memory',
    source: limits,
    fault: (container) =>
      says(container, 'limits', 'memory') ? undefined : unlimited(container, 'has no memory limit'),
  }),
  rule({
    id: 'pod-security/requests',
    severity: 'warning',
    title: 'Container without requests',
    atRunTime: 'the scheduler takes it for one that needs nothing, and its pod is the first to be evicted',
    remedy: 'set resources.requests, of cpu and memory',
    source: limits,
    fault(container) {
      // Where there is a limit alone, it is what is requested, too (SetDefaults_Pod in pkg/apis/core/v1/defaults.go).
      const without = ['cpu', 'memory'].filter(
        (name) => !says(container, 'requests', name) && !says(container, 'limits', name),
      );
      return without.length === 0 ? undefined : unlimited(container, `requests no ${without.join(' and no ')}`);
    },
  }),
  rule({
    id: 'pod-security/readiness-probe',
    severity: 'warning',
    title: 'Container behind a Service without a readiness probe',
    atRunTime: 'requests reach it before it can answer, at every start and every rollout',
    remedy: 'set readinessProbe, to what says that the program answers',
    source: probes,
    fault: (container) =>
      isGiven(container.value.readinessProbe) ||
      container.init ||
      !listAt(container.value, 'ports').length ||
      !isServed(container)
        ? undefined
        : lacking(container, 'readinessProbe', 'answers for a Service, and has no readinessProbe'),
  }),
  rule({
    id: 'pod-security/liveness-probe',
    severity: 'info',
    title: 'Container without a liveness probe',
    atRunTime: 'a program that hangs goes on hanging until somebody notices',
    remedy: 'set livenessProbe, to what fails only where a restart helps',
    source: probes,
    fault: (container) =>
      isGiven(container.value.livenessProbe) || container.init || !hasTrait(container.pod.resource, 'long-lived')
        ? undefined
        : lacking(container, 'livenessProbe', 'has no livenessProbe'),
  }),
  rule({
    id: 'pod-security/latest-tag',
    severity: 'warning',
    title: 'Image of a tag that moves',
    atRunTime: 'what runs differs from node to node and from restart to restart, and nobody can go back',
    remedy: 'name a version, or a digest',
    source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
    options: { tags: ['latest'] as readonly string[] },
    fault({ value, name }, { tags }) {
      const image = textAt(value, 'image');
      if (image === undefined || image === '' || !isKnown(image)) return undefined;
      const { tag = 'latest', digest } = imageParts(image);
      if (digest !== undefined || !tags.includes(tag)) return undefined;
      const message = image.endsWith(`:${tag}`) ? `the tag of ${image} moves` : `${image} has no tag, which is latest`;
      return { path: ['image'], message: `container ${name}: ${message}` };
    },
  }),
  rule({
    id: 'pod-security/writable-root',
    severity: 'info',
    title: 'Container that may write to its own file system',
    atRunTime: 'whoever breaks in can change the program, and what is written fills the disk of the node',
    remedy: 'set securityContext.readOnlyRootFilesystem: true, with an emptyDir where the program writes',
    source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    fault: (container) =>
      at(container.value, 'securityContext', 'readOnlyRootFilesystem') === true ||
      textAt(container.pod.spec, 'os', 'name') === 'windows'
        ? undefined
        : lacking(container, 'securityContext', 'has no readOnlyRootFilesystem: true'),
  }),
];

/** A check for each rule: what it finds in every container that pods are made of, init containers and sidecars included. */
export const containerRules: readonly ClusterCheck[] = rules;

function rule<Options extends RuleOptions>({ fault, ...description }: ContainerRule<Options>): ClusterCheck<Options> {
  return {
    ...description,
    *check(cluster, _graph, options) {
      for (const pod of podTemplates(cluster.resources)) {
        for (const container of containersOf(pod)) {
          const lasts = !container.init || container.value.restartPolicy === 'Always';
          const name = textAt(container.value, 'name') ?? String(container.path.at(-1));
          const found = fault({ ...container, pod, cluster, name, lasts }, options);
          if (found === undefined) continue;
          const { path, message, unless } = found;
          const at = { resource: pod.resource, path: [...container.path, ...path] };
          yield { at, message, ...(unless !== undefined && { unless }) };
        }
      }
    },
  };
}

function lacking({ name, init, lasts }: Seen, field: string, message: string): Fault {
  const what = !init ? 'container' : lasts ? 'sidecar' : 'init container';
  return { path: [field], message: `${what} ${name} ${message}` };
}

/** What a container lacks that a LimitRange would give it, unless Kyverno makes one that the tree does not show. */
function unlimited(container: Seen, message: string): Fault {
  const { namespace } = container.pod.resource;
  const maker = container.cluster.resources.find(
    ({ group, kind, value }) =>
      (group === 'policies.kyverno.io' && kind.endsWith('GeneratingPolicy')) ||
      (group === 'kyverno.io' &&
        listAt(value, 'spec', 'rules').some((each) => at(each, 'generate', 'kind') === 'LimitRange')),
  );
  if (maker === undefined) return lacking(container, 'resources', message);
  const by = { why: `${describe(maker)} may generate a LimitRange`, document: maker.document, path: maker.path };
  return { ...lacking(container, 'resources', message), unless: { kind: 'LimitRange', namespace, name: '*', by } };
}

/** Whether a resource is limited or requested: by the container, by its pod for all of them, or by a LimitRange of the namespace. */
function says({ value, pod, cluster }: Seen, field: 'limits' | 'requests', resource: string): boolean {
  if (isGiven(at(value, 'resources', field, resource)) || isGiven(at(pod.spec, 'resources', field, resource)))
    return true;
  const name = field === 'limits' ? 'default' : 'defaultRequest';
  return cluster
    .ofKind('', 'LimitRange')
    .some(
      (range) =>
        range.namespace === pod.resource.namespace &&
        listAt(range.value, 'spec', 'limits').some(
          (limit) =>
            at(limit, 'type') === 'Container' &&
            (isGiven(at(limit, name, resource)) || isGiven(at(limit, 'default', resource))),
        ),
    );
}

/** Whether a Service sends requests to its pods. */
function isServed({ pod, cluster }: Seen): boolean {
  const labels = labelsOf(objectAt(pod.metadata, 'labels'));
  if (labels === undefined || labels.size === 0) return false;
  return selectorsIn(cluster).some(
    ({ namespace, selector }) => namespace === pod.resource.namespace && matches(selector, labels),
  );
}

const selectorsIn = memoize((cluster: Cluster) =>
  cluster.ofKind('', 'Service').flatMap(({ namespace, value }) => {
    const selector = labelsOf(objectAt(value, 'spec', 'selector'));
    return selector === undefined || selector.size === 0 ? [] : [{ namespace, selector }];
  }),
);
