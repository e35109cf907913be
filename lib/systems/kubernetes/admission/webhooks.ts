import type { Json } from '../../../json/json';
import { type Fault, fault } from '../../fault';
import type { Format } from '../../format';
import { repeated } from '../../given';
import { dns1035Label, dnsSubdomain, labelKey } from '../names';
import {
  all,
  exactlyOne,
  fields,
  filled,
  isWord,
  list,
  needs,
  none,
  number,
  object,
  parts,
  type Rule,
  text,
  unique,
  unlessEmpty,
  wildcardAlone,
  words,
  wrong,
} from './rules';
import { labelSelector } from './selectors';
import { portNumber } from './services';

/** (apimachinery pkg/util/validation: IsFullyQualifiedName) */
const qualifiedName: Format = {
  allowed: 'a DNS name of at least three labels',
  example: '"pods.example.com"',
  accepts: (name) => dnsSubdomain.accepts(name) && name.split('.').length >= 3,
};

/** (apiserver pkg/util/webhook: ValidateWebhookURL) */
const url: Rule = (value) => {
  if (!isWord(value)) return none;
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  const isRight = parsed?.protocol === 'https:' && parsed.host !== '' && parsed.username === '' && !/[?#]./.test(value);
  return isRight
    ? none
    : wrong('an https URL without user, query and fragment', [], { example: '"https://hooks.example.com/validate"' });
};

/** (ValidateWebhookService) */
const servicePath: Rule = (value) => {
  if (!isWord(value) || value === '' || value === '/') return none;
  const segments = value.slice(1).replace(/\/$/, '').split('/');
  return value.startsWith('/') && segments.every(dnsSubdomain.accepts)
    ? none
    : wrong('an absolute path whose segments are DNS subdomains', [], { example: '"/validate"' });
};

/** How the API server reaches a webhook. */
export const clientConfig: Rule = all(
  exactlyOne(['url', 'service'], 'exactly one of url or service is required'),
  fields({
    url,
    service: all(
      needs({ name: 'the name of a Service', namespace: 'the namespace of the Service' }),
      fields({ path: servicePath, port: portNumber }),
    ),
  }),
);

/** Versions of reviews that a webhook reads. (validateAdmissionReviewVersions, validateConversionReviewVersions) */
export const reviewVersions: Rule = (versions) => {
  const given = Array.isArray(versions) ? (versions as readonly Json[]) : [];
  if (!given.every(isWord)) return none;
  if (!given.includes('v1') && !given.includes('v1beta1')) return wrong('a list that has v1 or v1beta1');
  return [
    ...list(text(dns1035Label))(given as Json),
    ...[...repeated(given)].flatMap(({ index }) => wrong('a version that no earlier item has', [index])),
  ];
};

/** (validateResources) */
function resourceFaults(value: Json): readonly Fault[] {
  const given = Array.isArray(value) ? (value as readonly Json[]) : [];
  if (!given.every(isWord)) return none;
  const faults: Fault[] = [];
  const [resources, subresources] = [new Set<string>(), new Set<string>()];
  let isLastWhole = false;
  for (const [i, item] of (given as readonly string[]).entries()) {
    if (item === '') faults.push(fault([i], 'a text that is not empty'));
    const slash = item.indexOf('/');
    if (item !== '' && slash < 0) isLastWhole = item !== '*';
    if (slash < 0) continue;
    const [resource, subresource] = [item.slice(0, slash), item.slice(slash + 1)];
    if (resources.has(resource)) faults.push(fault([i], `left out, since ${resource}/* is there`));
    if (subresources.has(subresource)) faults.push(fault([i], `left out, since */${subresource} is there`));
    if (subresource === '*') resources.add(resource);
    if (resource === '*') subresources.add(subresource);
  }
  if (given.length > 1 && given.includes('*/*')) faults.push(fault([], 'either "*/*" or other resources, not both'));
  if (given.includes('*') && isLastWhole) faults.push(fault([], 'either "*" or other resources, not both'));
  return faults;
}

/** (validateRuleWithOperations) */
export const ruleOf = (...operations: readonly string[]): Rule =>
  all(
    needs({
      operations: 'a list of at least one operation',
      apiGroups: 'a list of at least one API group',
      apiVersions: 'a list of at least one version',
      resources: 'a list of at least one resource',
    }),
    fields({
      operations: all(list(words('*', ...operations)), wildcardAlone),
      apiGroups: wildcardAlone,
      apiVersions: all(
        wildcardAlone,
        list((version) => (version === '' ? wrong('a text that is not empty') : none)),
      ),
      resources: resourceFaults,
      scope: words('Cluster', 'Namespaced', '*'),
    }),
  );

export const operations = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];

export const conditions: Rule = all(
  list(
    all(
      needs({ name: 'given', expression: 'an expression' }),
      fields({ name: unlessEmpty(text(labelKey)), expression: filled }),
    ),
    64,
  ),
  unique('name'),
);

/** (validateValidatingWebhook, validateMutatingWebhook) */
const webhook: Rule = all(
  needs({ name: qualifiedName.allowed, sideEffects: 'None or NoneOnDryRun' }),
  fields({
    name: unlessEmpty(text(qualifiedName)),
    rules: list(ruleOf(...operations)),
    failurePolicy: words('Ignore', 'Fail'),
    matchPolicy: words('Exact', 'Equivalent'),
    reinvocationPolicy: words('Never', 'IfNeeded'),
    sideEffects: unlessEmpty(words('None', 'NoneOnDryRun')),
    timeoutSeconds: number(1, 30),
    namespaceSelector: labelSelector,
    objectSelector: labelSelector,
    matchConditions: conditions,
  }),
  object((of) =>
    reviewVersions(of.admissionReviewVersions ?? []).map((found) => ({
      ...found,
      path: ['admissionReviewVersions', ...found.path],
    })),
  ),
  parts({ clientConfig }),
);

/** (pkg/apis/admissionregistration/validation: ValidateValidatingWebhookConfiguration, ValidateMutatingWebhookConfiguration) */
export const webhookConfiguration: Rule = fields({ webhooks: all(list(webhook), unique('name')) });
