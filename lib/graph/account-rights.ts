import { listAt, textAt } from '../json/read';
import { memoize } from '../text/memoize';
import { fitsWildcards } from '../text/wildcards';
import type { Cluster } from './cluster';
import type { Identity } from './identity';
import type { Resource } from './resource';
import { isKnown } from './substitution';
import type { UnknownSource } from './unknown-source';

/** What the service accounts of a cluster may do, as far as its tree tells. */

const rbac = 'rbac.authorization.k8s.io';

/** A service account. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** Every binding of a cluster that is for an account, by its name or by a group that it is in. */
export function bindingsOf(cluster: Cluster, account: Account): readonly Resource[] {
  const key = `${account.namespace}/${account.name}`;
  const known = found(cluster).get(key);
  if (known !== undefined) return known;
  const all = [...cluster.ofKind(rbac, 'RoleBinding'), ...cluster.ofKind(rbac, 'ClusterRoleBinding')];
  const own = all.filter((binding) => isFor(binding, account));
  found(cluster).set(key, own);
  return own;
}

/** Asked for every object that is applied. */
const found = memoize((_: Cluster) => new Map<string, readonly Resource[]>());

/** What may bind an account of a namespace unseen. Charts bind accounts of their own. */
export function mayBind({ helm, holds, namespaces }: UnknownSource, namespace: string): boolean {
  if (helm === true) return false;
  const kinds = ['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({ group: rbac, kind }));
  const isHere = ['', namespace].some((one) => namespaces.some((pattern) => fitsWildcards(pattern, one)));
  return isHere && kinds.some((kind) => holds?.(kind) ?? true);
}

/**
 * Whether the API server surely refuses that an account does something with an object: the tree binds it, to roles all of which the tree
 * has, and none allows it.
 */
export function isForbidden(cluster: Cluster, account: Account, verb: string, object: Identity): boolean {
  const bindings = bindingsOf(cluster, account);
  const here = bindings.filter(({ kind, namespace }) => kind !== 'RoleBinding' || namespace === object.namespace);
  return (
    bindings.length > 0 &&
    here.every((binding) => rulesOf(cluster, binding)?.every((rule) => !allows(rule, verb, object)) === true) &&
    !cluster.unknownSources.some((source) => mayBind(source, object.namespace))
  );
}

function isFor({ value, namespace: own, uncertain }: Resource, { namespace, name: account }: Account): boolean {
  if (uncertain) return true;
  const names = [
    `system:serviceaccount:${namespace}:${account}`,
    'system:serviceaccounts',
    `system:serviceaccounts:${namespace}`,
    'system:authenticated',
  ];
  return listAt(value, 'subjects').some((subject) => {
    const name = textAt(subject, 'name') ?? '';
    if (!isKnown(name)) return true;
    if (textAt(subject, 'kind') !== 'ServiceAccount') return names.includes(name);
    return name === account && (textAt(subject, 'namespace') || own) === namespace;
  });
}

interface Rule {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly names: readonly string[];
  readonly verbs: readonly string[];
}

/** The rules of what a binding binds; undefined where the tree does not tell all of them. */
function rulesOf(cluster: Cluster, { value, namespace, uncertain }: Resource): Rule[] | undefined {
  const kind = textAt(value, 'roleRef', 'kind') ?? '';
  const name = textAt(value, 'roleRef', 'name') ?? '';
  if (uncertain || !isKnown(name)) return undefined;
  const roles = cluster.find({ group: rbac, kind, namespace: kind === 'Role' ? namespace : '', name });
  if (roles.length === 0 || roles.some((role) => role.uncertain || role.value.aggregationRule !== undefined))
    return undefined;
  const rules = roles.flatMap((role) => listAt(role.value, 'rules'));
  const texts = (rule: (typeof rules)[number], field: string) =>
    listAt(rule, field).filter((text): text is string => typeof text === 'string');
  return rules.map((rule) => ({
    groups: texts(rule, 'apiGroups'),
    resources: texts(rule, 'resources'),
    names: texts(rule, 'resourceNames'),
    verbs: texts(rule, 'verbs'),
  }));
}

function allows({ groups, resources, names, verbs }: Rule, verb: string, { group, kind, name }: Identity): boolean {
  // How a definition calls its objects is not known here; most begin with the kind.
  const stem = kind.toLowerCase().replace(/y$/, '');
  return (
    has(verbs, (one) => one === verb) &&
    has(groups, (one) => one === group) &&
    has(resources, (one) => one.startsWith(stem)) &&
    (names.length === 0 || names.includes(name))
  );
}

function has(texts: readonly string[], is: (text: string) => boolean): boolean {
  return texts.some((text) => text === '*' || !isKnown(text) || is(text));
}
