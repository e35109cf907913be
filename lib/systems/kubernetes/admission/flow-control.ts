import type { Json } from '../../../json/json';
import { at, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { fault } from '../../fault';
import { isGiven, numberOr } from '../../given';
import { dnsLabel, dnsSubdomain } from '../names';
import {
  all,
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
  wildcardAlone,
  within,
  words,
  wrong,
} from './rules';

const subjects: Readonly<Record<string, string>> = { ServiceAccount: 'serviceAccount', User: 'user', Group: 'group' };

const account = all(
  needs({ name: 'the name of a ServiceAccount, or "*"', namespace: 'the namespace of the ServiceAccount' }),
  fields({
    name: (name) => (name === '*' || name === '' ? none : text(dnsSubdomain)(name)),
    namespace: unlessEmpty(text(dnsLabel)),
  }),
);

/** (pkg/apis/flowcontrol/validation: ValidateFlowSchemaSubject) */
const subject = steps(function* (of) {
  const kind = of.kind ?? '';
  if (!isWord(kind)) return;
  const own = Object.hasOwn(subjects, kind) ? subjects[kind] : undefined;
  if (own === undefined) return yield fault(['kind'], `one of ${Object.keys(subjects).join(', ')}`);
  for (const field of Object.values(subjects)) {
    const given = of[field];
    if (field !== own && isGiven(given)) yield fault([field], `left out for the kind ${kind}`, null);
    if (field === own && !isGiven(given)) yield fault([field], `given for the kind ${kind}`);
    if (field === own && isGiven(given))
      yield* within(
        [field],
        field === 'serviceAccount' ? account(given as Json) : needs({ name: 'given' })(given as Json),
      );
  }
});

const verbs = all(
  wildcardAlone,
  list(words('*', 'get', 'list', 'create', 'update', 'delete', 'deletecollection', 'patch', 'watch', 'proxy')),
);

/** (ValidateNonResourceURLPath) */
const nonResourceUrl: Rule = (value) => {
  if (!isWord(value) || value === '*' || value === '/') return none;
  const isRight =
    value.startsWith('/') && !/ |\/\/|\*(?!$)/.test(value) && (!value.includes('*') || value.endsWith('/*'));
  return isRight ? none : wrong('a path from the root, without spaces and "//", with "*" after the last "/" only');
};

const namespaces: Rule = all(
  wildcardAlone,
  list((value) => (value === '*' ? none : text(dnsLabel)(value))),
);

/** (ValidateFlowSchemaPolicyRulesWithSubjects) */
const rule = all(
  needs({ subjects: 'a list of at least one subject' }),
  object((of) =>
    isEmpty(of.resourceRules) && isEmpty(of.nonResourceRules)
      ? wrong('given, or nonResourceRules', ['resourceRules'])
      : none,
  ),
  fields({
    subjects: list(subject),
    resourceRules: list(
      all(
        needs({
          verbs: 'a list of at least one verb',
          apiGroups: 'a list of at least one group',
          resources: 'a list of at least one resource',
        }),
        fields({ verbs, apiGroups: wildcardAlone, resources: wildcardAlone, namespaces }),
        object((of) =>
          isEmpty(of.namespaces) && of.clusterScope !== true
            ? wrong('given, or clusterScope true', ['namespaces'])
            : none,
        ),
      ),
    ),
    nonResourceRules: list(
      all(
        needs({ verbs: 'a list of at least one verb', nonResourceURLs: 'a list of at least one path' }),
        fields({ verbs, nonResourceURLs: all(wildcardAlone, list(nonResourceUrl)) }),
      ),
    ),
  }),
);

/** (ValidateFlowSchemaSpec) */
export const flowSchema: Rule = all(
  parts({
    spec: all(
      parts({
        priorityLevelConfiguration: all(
          needs({ name: 'the name of a PriorityLevelConfiguration' }),
          fields({ name: unlessEmpty(text(dnsSubdomain)) }),
        ),
      }),
      fields({
        // 0 is filled in.
        matchingPrecedence: number(0, 10_000),
        distinguisherMethod: fields({ type: words('ByUser', 'ByNamespace') }),
        rules: list(rule),
      }),
    ),
  }),
  object((schema) =>
    at(schema, 'spec', 'matchingPrecedence') === 1 && isOther(schema, 'exempt')
      ? wrong('more than 1, which the FlowSchema exempt has', ['spec', 'matchingPrecedence'])
      : none,
  ),
);

function isOther(of: Json, name: string): boolean {
  const given = textAt(of, 'metadata', 'name') ?? '';
  return isKnown(given) && given !== name;
}

/** How many bits a hand of a deck of queues takes, of 60. (apiserver pkg/util/shufflesharding: RequiredEntropyBits) */
function bitsOf(queues: number, hand: number): number {
  let bits = 0;
  for (let i = 0; i < hand; i += 1) bits += Math.log2(queues - i);
  return Math.ceil(bits);
}

/** (ValidatePriorityLevelQueuingConfiguration, with what pkg/apis/flowcontrol/v1/defaults.go fills in for 0) */
const queuing = all(
  fields({ queueLengthLimit: number(0), queues: number(0, 10_000_000), handSize: number(0) }),
  object((of) => {
    const [queues, hand] = [numberOr(0, of.queues) || 64, numberOr(0, of.handSize) || 8];
    if (hand > queues) return wrong(`at most queues (${queues})`, ['handSize']);
    return queues > 0 && bitsOf(queues, hand) > 60
      ? wrong(`smaller: with ${queues} queues, this many in a hand need more than 60 bits`, ['handSize'])
      : none;
  }),
);

const limited = all(
  parts({
    limitResponse: steps(function* (of) {
      const type = of.type ?? '';
      if (!isWord(type)) return;
      const hasQueue = isGiven(of.queuing);
      if (type !== 'Queue' && type !== 'Reject') yield fault(['type'], 'one of Queue, Reject');
      if (type === 'Reject' && hasQueue) yield fault(['queuing'], 'left out for the type Reject', null);
      if (type === 'Queue' && !hasQueue) yield fault(['queuing'], 'given for the type Queue');
      if (type === 'Queue' && hasQueue) yield* within(['queuing'], queuing(of.queuing as Json));
    }),
  }),
  fields({ nominalConcurrencyShares: number(0), lendablePercent: number(0, 100), borrowingLimitPercent: number(0) }),
);

/** (ValidatePriorityLevelConfigurationSpec) */
export const priorityLevel: Rule = all(
  parts({
    spec: steps(function* (spec) {
      const type = spec.type ?? '';
      if (!isWord(type)) return;
      if (type !== 'Limited' && type !== 'Exempt') return yield fault(['type'], 'one of Limited, Exempt');
      const other = type === 'Limited' ? 'exempt' : 'limited';
      if (isGiven(spec[other])) yield fault([other], `left out for the type ${type}`, null);
      if (type === 'Exempt')
        yield* within(
          ['exempt'],
          fields({ nominalConcurrencyShares: number(0), lendablePercent: number(0, 100) })(spec.exempt ?? {}),
        );
      else if (isGiven(spec.limited)) yield* within(['limited'], limited(spec.limited as Json));
      else yield fault(['limited'], 'given for the type Limited');
    }),
  }),
  object((level) =>
    at(level, 'spec', 'type') === 'Exempt' && isOther(level, 'exempt')
      ? wrong('Limited: only the PriorityLevelConfiguration exempt is Exempt', ['spec', 'type'])
      : none,
  ),
);
