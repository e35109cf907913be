import type { JsonObject, Path } from '../json/json';
import { objectAt, textAt } from '../json/read';
import { judge, type Verdict, withoutValues } from '../systems/admission-policy/judge';
import { type Asked, matchesResources, matchesSelector, resourceOf } from '../systems/admission-policy/match';
import {
  type Action,
  admissionGroup,
  type Binding,
  bindingOf,
  type Policy,
  policyOf,
} from '../systems/admission-policy/policy';
import { groupVersion } from '../systems/api-version';
import { isClusterScoped } from '../systems/kinds/scope';
import { admitted, isBuiltIn } from '../systems/kubernetes/admitted';
import { groupBy } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Cluster } from './cluster';
import type { Graph } from './graph';
import type { Resource } from './resource';
import { filled, ruleValue } from './schema/defaults';
import { allKnown } from './schema/equal';
import { isKnown } from './substitution';
import { podTemplate } from './workload';

/** What a policy of the tree says of an object that Flux applies, or of the pods that it runs. */
export interface PolicyVerdict {
  readonly policy: Resource;
  readonly binding: Resource;
  readonly actions: readonly Action[];
  readonly resource: Resource;
  /** The way to the pod's template, where it is about the pods that are made of it. */
  readonly path: Path;
  readonly ofPods: boolean;
  readonly verdict: Verdict;
}

/** What the ValidatingAdmissionPolicies of a cluster say of its objects. Worked out once: a rule and what is not judged ask. */
export const policyVerdicts = memoize((graph: Graph) => memoize((cluster: Cluster) => [...verdictsIn(cluster, graph)]));

/** A verdict as it may be told: of a Secret, or with one as parameters, without what is computed of it. */
export function toldVerdict({ policy, resource, verdict }: PolicyVerdict): Verdict {
  const isSecret = resource.kind === 'Secret' || textAt(policy.value, 'spec', 'paramKind', 'kind') === 'Secret';
  return isSecret ? withoutValues(verdict) : verdict;
}

/** The objects of a kind, those of other folders that hold policies included. */
function objectsOf(kind: string, group: string, cluster: Cluster, { policies = [] }: Graph): readonly Resource[] {
  const others = policies.filter((resource) => resource.kind === kind && resource.group === group);
  return [...cluster.ofKind(group, kind), ...others];
}

function* verdictsIn(cluster: Cluster, graph: Graph): Generator<PolicyVerdict> {
  const bindings = groupBy(
    objectsOf('ValidatingAdmissionPolicyBinding', admissionGroup, cluster, graph).map((resource) => ({
      resource,
      ...bindingOf(resource.value),
    })),
    ({ policyName }) => policyName,
  );
  const policies = objectsOf('ValidatingAdmissionPolicy', admissionGroup, cluster, graph).flatMap((resource) => {
    const bound = bindings.get(resource.name) ?? [];
    return bound.length === 0 ? [] : [{ resource, policy: policyOf(resource.value), bound }];
  });
  if (policies.length === 0) return;
  const subjects = subjectsIn(cluster, graph);
  for (const { resource, policy, bound } of policies) {
    for (const subject of subjects) {
      const isAsked = matchesResources(policy.matchConstraints, subject.asked);
      if (isAsked === false) continue;
      for (const binding of bound) {
        const isBound = matchesResources(binding.matchResources, subject.asked);
        if (isBound === false) continue;
        const told = { policy: resource, binding: binding.resource, actions: binding.actions, ...subject.place };
        for (const verdict of verdictsOf(policy, binding, subject, cluster, graph)) {
          const isSure = isAsked === true && isBound === true && !resource.uncertain && !binding.resource.uncertain;
          yield { ...told, verdict: isSure ? verdict : unsure(verdict) };
        }
      }
    }
  }
}

function unsure(verdict: Verdict): Verdict {
  const why =
    'nobody knows whether it is about it: that depends on labels, or a conversion, that the tree does not show';
  return { state: 'open', why, expression: verdict.expression };
}

/** Something that the API server is asked to make. */
interface Subject {
  readonly place: Pick<PolicyVerdict, 'resource' | 'path' | 'ofPods'>;
  readonly asked: Asked;
  readonly object: JsonObject;
  readonly namespace: JsonObject | null | undefined;
  readonly user: JsonObject | undefined;
  /** Whether all of it is known: its texts, and what is filled in. */
  readonly known: boolean;
  /** Whether what a missing field is filled in with is known. */
  readonly complete: boolean;
}

function subjectsIn(cluster: Cluster, graph: Graph): readonly Subject[] {
  const plurals = new Map(
    cluster
      .ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')
      .map(({ value }) => [
        `${textAt(value, 'spec', 'group')}/${textAt(value, 'spec', 'names', 'kind')}`,
        textAt(value, 'spec', 'names', 'plural'),
      ]),
  );
  const namespaces = new Map(cluster.ofKind('', 'Namespace').map((resource) => [resource.name, resource]));
  const schemas = graph.schemasOf(cluster);
  const subjectOf = (
    resource: Resource,
    place: Subject['place'],
    value: JsonObject,
    kind: Pick<Asked, 'group' | 'version' | 'kind'>,
  ): Subject => {
    const { namespace } = resource;
    const found = namespace === '' ? undefined : namespaces.get(namespace);
    const own = found === undefined || found.uncertain ? undefined : admitted(found, found.value);
    const schema = isBuiltIn(kind) ? undefined : schemas.lookup(textAt(value, 'apiVersion') ?? '', kind.kind);
    const object = isBuiltIn(kind)
      ? admitted(kind, value)
      : ((schema?.state === 'found' ? filled(schema.schema.node, value) : value) as JsonObject);
    return {
      place,
      object,
      namespace: namespace === '' ? null : own,
      user: userOf(resource, place.ofPods),
      known: allKnown(value, isKnown) && !resource.document.encrypted,
      complete: isBuiltIn(kind) || (schema?.state === 'found' && schema.catalog === undefined),
      asked: {
        ...kind,
        resource: plurals.get(`${kind.group}/${kind.kind}`) ?? resourceOf(kind.kind),
        namespace,
        name: place.ofPods ? '' : resource.name,
        object,
        namespaceLabels: own && (objectAt(own, 'metadata', 'labels') as Record<string, string> | undefined),
      },
    };
  };
  return cluster.resources.flatMap((resource) => {
    // So that nobody can lock everybody out (plugin/policy/generic/plugin.go).
    if (resource.group === admissionGroup && /AdmissionPolicy(?:Binding)?$/.test(resource.kind)) return [];
    const place = { resource, path: [], ofPods: false };
    const subjects = [subjectOf(resource, place, resource.value, resource)];
    const pod = podTemplate(resource);
    if (pod === undefined || resource.kind === 'Pod') return subjects;
    const metadata = { ...pod.metadata, namespace: resource.namespace, generateName: `${resource.name}-` };
    const value = { apiVersion: 'v1', kind: 'Pod', metadata, spec: pod.spec };
    const ofPods = { resource, path: pod.metadataPath.slice(0, -1), ofPods: true };
    return [...subjects, subjectOf(resource, ofPods, value, { group: '', version: 'v1', kind: 'Pod' })];
  });
}

/** Who applies an object, where its Kustomization says that: else it is a controller, or a person. */
function userOf({ appliedBy, chart }: Resource, ofPods: boolean): JsonObject | undefined {
  const account = appliedBy && textAt(appliedBy.spec, 'serviceAccountName');
  if (account === undefined || chart !== undefined || ofPods || !isKnown(account)) return undefined;
  const { namespace } = appliedBy as NonNullable<typeof appliedBy>;
  return {
    username: `system:serviceaccount:${namespace}:${account}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}

function* verdictsOf(
  policy: Policy,
  binding: Binding,
  subject: Subject,
  cluster: Cluster,
  graph: Graph,
): Generator<Verdict> {
  const { asked, object, namespace, user } = subject;
  for (const params of paramsOf(policy, binding, subject, cluster, graph)) {
    if ('state' in params) {
      yield params;
      continue;
    }
    const request = { asked, object, namespace, user, params: params.value };
    for (const verdict of judge(policy, request, (value) => ruleValue(undefined, value))) {
      const isError = verdict.state === 'refused' && verdict.message.includes('resulted in error');
      if (verdict.state !== 'refused' || (subject.known && params.known && (subject.complete || !isError)))
        yield verdict;
      else yield { state: 'open', why: 'reads what is not known of the object', expression: verdict.expression };
    }
  }
}

interface Params {
  readonly value: JsonObject | null;
  readonly known: boolean;
}

/** What a policy is evaluated with: once, or for each object that the binding selects (policy/generic/policy_dispatcher.go, CollectParams). */
function* paramsOf(
  policy: Policy,
  { paramRef }: Binding,
  { asked }: Subject,
  cluster: Cluster,
  graph: Graph,
): Generator<Params | Verdict> {
  const { paramKind } = policy;
  if (paramKind === undefined || paramRef === undefined) {
    yield { value: null, known: true };
    return;
  }
  const { group } = groupVersion(paramKind.apiVersion);
  const { kind } = paramKind;
  const scoped = isClusterScoped({ group, kind });
  const namespace = scoped === true ? '' : (textAt(paramRef, 'namespace') ?? asked.namespace);
  const name = textAt(paramRef, 'name');
  const all = objectsOf(kind, group, cluster, graph).filter(
    (each) => each.namespace === namespace || scoped === undefined,
  );
  const selector = objectAt(paramRef, 'selector');
  const found =
    name === undefined
      ? all.filter(
          ({ value }) =>
            matchesSelector(selector, (objectAt(value, 'metadata', 'labels') ?? {}) as Record<string, string>) === true,
        )
      : all.filter((each) => each.name === name);
  for (const { value, uncertain } of found)
    yield { value: admitted({ group, kind }, value), known: !uncertain && allKnown(value, isKnown) };
  if (found.length > 0) return;
  const what = `${kind} ${name ?? 'that the binding selects'}`;
  const looked =
    name === undefined
      ? cluster.othersIn({ group, kind, namespace })
      : cluster.lookup({ group, kind, namespace, name });
  const isAbsent = looked === undefined || ('state' in looked && looked.state === 'absent');
  const allows = textAt(paramRef, 'parameterNotFoundAction') !== 'Deny';
  if (isAbsent && allows) return;
  const message = `no params found for policy binding with \`Deny\` parameterNotFoundAction: there is no ${what}`;
  yield isAbsent
    ? { state: 'refused', message, expression: '' }
    : { state: 'open', why: `takes ${what} as its parameters, which is not in the tree`, expression: '' };
}
