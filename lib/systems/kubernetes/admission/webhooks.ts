import type { Json, JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import { type Fault, fault } from '../../fault';
import type { Format } from '../../format';
import { repeated } from '../../given';
import { dns1035Label, dnsSubdomain, labelKey, pathSegment } from '../names';
import {
  all,
  exactlyOne,
  fields,
  isEmpty,
  isWord,
  list,
  needs,
  none,
  number,
  object,
  parts,
  type Rule,
  steps,
  text,
  unlessEmpty,
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

/** Lists in which "*" stands alone. */
export const wildcardAlone: Rule = (value) =>
  Array.isArray(value) && value.length > 1 && value.includes('*')
    ? wrong('either "*" or other values, not both', [], { says: "if '*' is present, must not specify other values" })
    : none;

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
const ruleOf = (...operations: readonly string[]): Rule =>
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

const operations = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];

const conditions: Rule = all(
  list(
    all(
      needs({ name: 'given', expression: 'an expression' }),
      fields({ name: unlessEmpty(text(labelKey)), expression: filled }),
    ),
    64,
  ),
  unique('name'),
);

/** An expression of more than spaces. */
export function filled(value: Json): readonly Fault[] {
  return isWord(value) && value !== '' && value.trim() === '' ? wrong('an expression') : none;
}

/** A list whose items have different values in a field. */
export function unique(field: string): Rule {
  return (value) =>
    [...repeated(listAt({ value }, 'value').map((item) => at(item, field)))].flatMap(({ index, name }) =>
      wrong(`another ${field} than ${name}, which an earlier item has`, [index, field]),
    );
}

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

/** (validateMatchResources) */
const matchResources = (...allowed: readonly string[]): Rule => {
  const rules = list(all(ruleOf(...allowed), fields({ resourceNames: list(text(pathSegment)) })));
  return fields({
    matchPolicy: words('Exact', 'Equivalent'),
    namespaceSelector: labelSelector,
    objectSelector: labelSelector,
    resourceRules: rules,
    excludeResourceRules: rules,
  });
};

const kindName: Format = {
  allowed: `${dns1035Label.allowed} (capitals may be used)`,
  example: '"ConfigMap"',
  accepts: (kind) => dns1035Label.accepts(kind.toLowerCase()),
};

/** (validateParamKind) */
const paramKind: Rule = all(
  needs({ apiVersion: 'given', kind: 'given' }),
  fields({
    kind: unlessEmpty(text(kindName)),
    apiVersion: (value) => {
      if (!isWord(value) || value === '') return none;
      const [version = '', group, ...more] = value.split('/').reverse();
      const isRight = more.length === 0 && dns1035Label.accepts(version) && (!group || dnsSubdomain.accepts(group));
      return isRight ? none : wrong('a version, with an API group and "/" before it or none', [], { example: '"v1"' });
    },
  }),
);

const reserved =
  /^(?:true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while)$/;
const identifier: Format = {
  allowed: 'an identifier: letters, digits and "_", not beginning with a digit, and no word of the language',
  example: '"replicas"',
  accepts: (name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.test(name),
};

/** What policies of both kinds have. (validateValidatingAdmissionPolicySpec, validateMutatingAdmissionPolicySpec) */
const policy = (...allowed: readonly string[]): Rule =>
  all(
    parts({
      matchConstraints: all(needs({ resourceRules: 'a list of at least one rule' }), matchResources(...allowed)),
    }),
    fields({
      failurePolicy: words('Ignore', 'Fail'),
      paramKind,
      matchConditions: conditions,
      variables: list(
        all(
          needs({ name: 'given', expression: 'an expression' }),
          fields({ name: unlessEmpty(text(identifier)), expression: filled }),
        ),
      ),
    }),
  );

const message: Rule = (value) =>
  isWord(value) && value !== '' && (value.trim() === '' || /[\n\r]/.test(value.trim()))
    ? wrong('a text of one line')
    : none;

/** The name of the policy and "/" are written before it. */
const auditKey: Format = {
  ...labelKey,
  example: '"replicas"',
  allowed: 'a key without "/": at most 63 letters, digits, "-", "_" and "."',
  accepts: (key) => !key.includes('/') && labelKey.accepts(key),
};

/** (validateValidation, validateAuditAnnotation) */
export const validatingPolicy: Rule = parts({
  spec: all(
    policy(...operations),
    object((spec) =>
      isEmpty(spec.validations) && isEmpty(spec.auditAnnotations)
        ? wrong('a list of at least one validation, or auditAnnotations given', ['validations'])
        : none,
    ),
    fields({
      validations: list(
        all(
          needs({ expression: 'an expression' }),
          fields({
            expression: filled,
            message,
            messageExpression: filled,
            reason: words('Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized'),
          }),
        ),
      ),
      auditAnnotations: all(
        list(
          all(
            needs({ key: 'given', valueExpression: 'an expression' }),
            fields({ key: unlessEmpty(text(auditKey)), valueExpression: filled }),
          ),
          20,
        ),
        unique('key'),
      ),
    }),
  ),
});

const patches: Readonly<Record<string, string>> = { ApplyConfiguration: 'applyConfiguration', JSONPatch: 'jsonPatch' };

/** (validateMutation) */
const mutation: Rule = steps(function* (of: JsonObject) {
  const type = of.patchType ?? '';
  if (!isWord(type)) return;
  const own = Object.hasOwn(patches, type) ? patches[type] : undefined;
  if (own === undefined) return yield fault(['patchType'], `one of ${Object.keys(patches).join(', ')}`);
  for (const field of Object.values(patches)) {
    const given = (of[field] ?? null) !== null;
    if (field === own && !given) yield fault([field], `given for the type ${type}`);
    if (field !== own && given) yield fault([field], `left out for the type ${type}`, null);
    const expression = at(of, field, 'expression') ?? '';
    if (field === own && given && isWord(expression) && expression.trim() === '')
      yield fault([field, 'expression'], 'an expression');
  }
});

export const mutatingPolicy: Rule = parts({
  spec: all(
    policy('CREATE', 'UPDATE', 'CONNECT'),
    needs({ mutations: 'a list of at least one mutation', reinvocationPolicy: 'Never or IfNeeded' }),
    fields({ mutations: list(mutation), reinvocationPolicy: unlessEmpty(words('Never', 'IfNeeded')) }),
  ),
});

/** (validateParamRef) */
const paramRef: Rule = all(
  object(({ name, selector }) => {
    const [hasName, hasSelector] = [!isEmpty(name), (selector ?? null) !== null];
    if (hasName && hasSelector) return wrong('left out, since name is given', ['selector'], { value: null });
    return hasName || hasSelector ? none : wrong('given, or selector', ['name']);
  }),
  needs({ parameterNotFoundAction: 'Allow or Deny' }),
  fields({
    name: unlessEmpty(text(pathSegment)),
    selector: labelSelector,
    parameterNotFoundAction: unlessEmpty(words('Allow', 'Deny')),
  }),
);

const binding = all(
  needs({ policyName: 'the name of a policy' }),
  fields({
    policyName: unlessEmpty(text(dnsSubdomain)),
    paramRef,
    matchResources: matchResources(...operations),
  }),
);

/** (validateValidationActions) */
const actions: Rule = all(list(words('Deny', 'Warn', 'Audit')), (value) => {
  const given = Array.isArray(value) ? (value as readonly Json[]) : [];
  const twice = [...repeated(given)].flatMap(({ index }) => wrong('an action that no earlier item has', [index]));
  return given.includes('Deny') && given.includes('Warn')
    ? [
        ...twice,
        ...wrong('given with one of Deny and Warn', [], { value: null, says: 'must not contain both Deny and Warn' }),
      ]
    : twice;
});

export const validatingBinding: Rule = parts({
  spec: all(
    binding,
    needs({ validationActions: 'a list of Deny, Warn and Audit' }),
    fields({ validationActions: actions }),
  ),
});
export const mutatingBinding: Rule = parts({ spec: binding });
