import type { Json, JsonObject, Path } from '../../../json/json';
import { at, listAt, textAt } from '../../../json/read';
import { celStrings } from '../../../text/cel';
import { type Fault, fault } from '../../fault';
import type { Format } from '../../format';
import { repeated } from '../../given';
import { dns1035Label, dnsSubdomain, labelKey, pathSegment } from '../names';
import {
  all,
  fields,
  filled,
  isEmpty,
  isWord,
  list,
  needs,
  none,
  object,
  parts,
  type Rule,
  steps,
  text,
  unique,
  unlessEmpty,
  words,
  wrong,
} from './rules';
import { labelSelector } from './selectors';
import { conditions, operations, ruleOf } from './webhooks';

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

/** The variables that an expression reads, unless a macro of it has a variable of the name `variables`. */
function variablesIn(expression: Json | undefined): readonly string[] {
  if (typeof expression !== 'string') return [];
  const code = expression.replace(celStrings, '""').replace(/\/\/.*/g, '');
  if (/[(,]\s*variables\s*,/.test(code)) return [];
  return [...code.matchAll(/(?<![\w.])variables\s*\.\s*(\w+)/g)].map(([, name = '']) => name);
}

/**
 * Each expression knows the variables before it; conditions, which come before all of them, know none. (validateVariable and
 * CompileAndStoreVariable, which compile one after the other; validateMatchConditionsExpression, whose compiler has none)
 */
const variablesInOrder = steps(function* (spec) {
  const names = listAt(spec, 'variables').map((variable) => textAt(variable, 'name') ?? '');
  const faultsOf = function* (path: Path, known: readonly string[]): Generator<Fault> {
    const unknown = variablesIn(at(spec, ...path)).find((name) => !known.includes(name));
    if (unknown === undefined) return;
    const why = !names.includes(unknown)
      ? 'is not among the variables'
      : path[0] === 'matchConditions'
        ? 'is worked out only after the matchConditions'
        : 'is not declared before this one';
    const says = `undefined field '${unknown}'`;
    yield { ...fault(path, `an expression that does not read variables.${unknown}, which ${why}`, null), says };
  };
  for (const i of names.keys()) yield* faultsOf(['variables', i, 'expression'], names.slice(0, i));
  for (const i of listAt(spec, 'matchConditions').keys()) yield* faultsOf(['matchConditions', i, 'expression'], []);
  for (const [list, fields] of readers) {
    for (const i of listAt(spec, list).keys()) for (const field of fields) yield* faultsOf([list, i, field], names);
  }
});

const readers = [
  ['validations', ['expression', 'messageExpression']],
  ['auditAnnotations', ['valueExpression']],
] as const;

/** (validateValidation, validateAuditAnnotation) */
export const validatingPolicy: Rule = parts({
  spec: all(
    policy(...operations),
    variablesInOrder,
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
