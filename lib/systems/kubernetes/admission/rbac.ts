import type { JsonObject } from '../../../json/json';
import { type Fault, fault } from '../../fault';
import { isGiven } from '../../given';
import { dnsSubdomain, pathSegment } from '../names';
import { all, fields, isEmpty, isWord, list, needs, parts, type Rule, steps, text, unlessEmpty, words } from './rules';
import { labelSelector } from './selectors';

const group = 'rbac.authorization.k8s.io';

/** (pkg/apis/rbac/validation: ValidatePolicyRule) */
const rule = (isNamespaced: boolean) =>
  steps(function* (of: JsonObject): Generator<Fault> {
    if (isEmpty(of.verbs)) yield fault(['verbs'], 'a list of at least one verb');
    if (isEmpty(of.nonResourceURLs)) {
      if (isEmpty(of.apiGroups))
        yield fault(['apiGroups'], 'a list of at least one API group, such as "" for the core group');
      if (isEmpty(of.resources)) yield fault(['resources'], 'a list of at least one resource');
      return;
    }
    if (isNamespaced)
      yield {
        path: ['nonResourceURLs'],
        allowed: 'left out, or in a ClusterRole',
        says: 'namespaced rules cannot apply to non-resource URLs',
      };
    if (!isEmpty(of.apiGroups) || !isEmpty(of.resources) || !isEmpty(of.resourceNames))
      yield {
        path: ['nonResourceURLs'],
        allowed: 'in a rule of its own',
        says: 'rules cannot apply to both regular resources and non-resource URLs',
      };
  });

/** (ValidateRole) */
export const role: Rule = fields({ rules: list(rule(true)) });

/** (ValidateClusterRole) */
export const clusterRole: Rule = fields({
  rules: list(rule(false)),
  aggregationRule: all(
    needs({ clusterRoleSelectors: 'a list of at least one selector' }),
    fields({ clusterRoleSelectors: list(labelSelector) }),
  ),
});

const isGroup = unlessEmpty(words(group));

/** (ValidateRoleBindingSubject, with what pkg/apis/rbac/v1/defaults.go: SetDefaults_Subject fills in) */
const subject = (isNamespaced: boolean) =>
  steps(function* ({ kind, name, namespace, apiGroup }: JsonObject): Generator<Fault> {
    if (!isGiven(name)) yield fault(['name'], 'given');
    if (kind === 'ServiceAccount') {
      if (isWord(name) && name !== '' && !dnsSubdomain.accepts(name))
        yield { path: ['name'], allowed: dnsSubdomain.allowed, example: dnsSubdomain.example };
      if (isWord(apiGroup) && apiGroup !== '') yield fault(['apiGroup'], 'left out for a ServiceAccount');
      if (!isNamespaced && !isGiven(namespace)) yield fault(['namespace'], 'the namespace of the ServiceAccount');
    } else if (kind === 'User' || kind === 'Group') {
      if (isWord(apiGroup) && apiGroup !== '' && apiGroup !== group) yield fault(['apiGroup'], group);
    } else if (!isGiven(kind) || isWord(kind)) yield fault(['kind'], 'one of ServiceAccount, User, Group');
  });

/** (ValidateRoleBinding, ValidateClusterRoleBinding, with SetDefaults_RoleBinding) */
const binding = (isNamespaced: boolean, ...kinds: readonly string[]) =>
  all(
    parts({
      roleRef: all(
        needs({ kind: kinds.join(' or '), name: 'given' }),
        fields({
          kind: unlessEmpty(words(...kinds)),
          name: unlessEmpty(text(pathSegment)),
          apiGroup: isGroup,
        }),
      ),
    }),
    fields({ subjects: list(subject(isNamespaced)) }),
  );

export const roleBinding: Rule = binding(true, 'Role', 'ClusterRole');
export const clusterRoleBinding: Rule = binding(false, 'ClusterRole');
