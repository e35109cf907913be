import { isJsonObject } from '../../../json/json';
import { objectAt } from '../../../json/read';
import { labelKey } from '../names';
import { all, fields, isWord, list, none, object, type Rule, text, within, words, wrong } from './rules';

const level = words('privileged', 'baseline', 'restricted');
const version: Rule = (value) =>
  !isWord(value) || value === 'latest' || /^v1\.(?:0|[1-9]\d*)$/.test(value)
    ? none
    : wrong('latest, or a minor version such as v1.36', [], { says: 'must be "latest" or "v1.x"' });

/** The labels of Pod Security. (k8s.io/pod-security-admission 0.36, api/helpers.go: PolicyToEvaluate) */
const podSecurity = object((namespace) => {
  const labels = objectAt(namespace, 'metadata', 'labels');
  if (!isJsonObject(labels)) return none;
  return ['enforce', 'audit', 'warn'].flatMap((mode) =>
    [
      [`pod-security.kubernetes.io/${mode}`, level] as const,
      [`pod-security.kubernetes.io/${mode}-version`, version] as const,
    ].flatMap(([label, rule]) =>
      Object.hasOwn(labels, label) ? within(['metadata', 'labels', label], rule(labels[label] ?? '')) : none,
    ),
  );
});

const finalizer: Rule = (value) =>
  isWord(value) && !value.includes('/') && !['kubernetes', 'orphan', 'foregroundDeletion'].includes(value)
    ? wrong('kubernetes, or a name with a domain and "/" before it')
    : text(labelKey)(value);

/** (pkg/apis/core/validation: ValidateNamespace) */
export const namespace: Rule = all(podSecurity, fields({ spec: fields({ finalizers: list(finalizer) }) }));
