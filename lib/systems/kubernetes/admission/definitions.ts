import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, listAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import type { Format } from '../../format';
import { isGiven, repeated } from '../../given';
import { dns1035Label, dnsSubdomain } from '../names';
import {
  all,
  fields,
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
  within,
  words,
  wrong,
} from './rules';
import { portNumber } from './services';
import { schemaFaults } from './structural';
import { clientConfig, reviewVersions } from './webhooks';

const group: Format = {
  allowed: 'a DNS subdomain with at least one dot',
  example: '"example.com"',
  accepts: (name) => dnsSubdomain.accepts(name) && name.includes('.'),
};
const anyCase: Format = {
  allowed: `${dns1035Label.allowed} (capitals may be used)`,
  example: '"Database"',
  accepts: (name) => dns1035Label.accepts(name.toLowerCase()),
};
const label = text(dns1035Label);

/** (apiextensions-apiserver 0.36, pkg/apis/apiextensions/validation: ValidateCustomResourceDefinitionNames) */
const names = all(
  needs({ kind: 'given', plural: 'given' }),
  fields({
    plural: unlessEmpty(label),
    singular: unlessEmpty(label),
    kind: unlessEmpty(text(anyCase)),
    listKind: unlessEmpty(text(anyCase)),
    shortNames: list(label),
    categories: list(label),
  }),
  object(({ kind, listKind }) =>
    isWord(kind) && kind !== '' && kind === listKind ? wrong('another name than kind', ['listKind']) : none,
  ),
);

/** (validateCustomResourceConversion) */
const conversion = steps(function* (of) {
  const strategy = of.strategy ?? '';
  if (!isWord(strategy)) return;
  if (strategy !== 'None' && strategy !== 'Webhook') return yield fault(['strategy'], 'one of None, Webhook');
  if (strategy === 'None') {
    if (isGiven(of.webhook)) yield fault(['webhook'], 'left out with the strategy None', null);
    return;
  }
  if (!isJsonObject(of.webhook)) return yield fault(['webhook'], 'given with the strategy Webhook');
  yield* within(['webhook', 'clientConfig'], clientConfig(of.webhook.clientConfig ?? {}));
  yield* within(['webhook', 'conversionReviewVersions'], reviewVersions(of.webhook.conversionReviewVersions ?? []));
});

const simplePath: Format = {
  allowed: 'a path that begins with "."',
  example: '".spec.replicas"',
  accepts: (path) => path.startsWith('.'),
};
const below = (...fieldsOf: readonly string[]): Format => ({
  allowed: `a path below ${fieldsOf.join(' or ')}`,
  example: `"${fieldsOf[0]}.replicas"`,
  accepts: (path) => fieldsOf.some((field) => path.startsWith(`${field}.`)),
});

const column = all(
  needs({ name: 'given', type: 'given', jsonPath: 'given' }),
  fields({
    type: unlessEmpty(words('integer', 'number', 'string', 'boolean', 'date')),
    format: unlessEmpty(words('int32', 'int64', 'float', 'double', 'byte', 'date', 'date-time', 'password')),
    jsonPath: unlessEmpty(text(simplePath)),
  }),
);

/** (validateCustomResourceDefinitionVersion) */
const version = all(
  object(({ deprecated, deprecationWarning: warning }) => {
    if (warning === undefined || warning === null) return none;
    if (deprecated !== true) return wrong('left out, or deprecated true', ['deprecationWarning']);
    const isRight =
      !isWord(warning) || (warning !== '' && warning.length <= 256 && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(warning));
    return isRight ? none : wrong('a line of at most 256 characters', ['deprecationWarning']);
  }),
  fields({
    name: label,
    additionalPrinterColumns: list(column),
    subresources: fields({
      scale: all(
        needs({ specReplicasPath: 'given', statusReplicasPath: 'given' }),
        fields({
          specReplicasPath: unlessEmpty(text(below('.spec'))),
          statusReplicasPath: unlessEmpty(text(below('.status'))),
          labelSelectorPath: unlessEmpty(text(below('.status', '.spec'))),
        }),
      ),
    }),
    selectableFields: (value) =>
      Array.isArray(value) && value.length > 8 ? wrong('at most 8 fields', [], { value: value.length }) : none,
  }),
  parts({ schema: schemaOf }),
);

function schemaOf(schema: Json): readonly Fault[] {
  const given = at(schema, 'openAPIV3Schema');
  if (given === undefined || given === null)
    return wrong('given, with x-kubernetes-preserve-unknown-fields if it says nothing', ['openAPIV3Schema']);
  return isJsonObject(given) ? within(['openAPIV3Schema'], schemaFaults(given)) : none;
}

/** (validateCustomResourceDefinitionSpec) */
function* versions(spec: JsonObject): Generator<Fault> {
  const given = listAt(spec, 'versions');
  for (const { index } of repeated(given.map((item) => at(item, 'name'))))
    yield fault(['versions', index, 'name'], 'a name that no earlier version has');
  const stored = given.filter((item) => at(item, 'storage') === true).length;
  if (stored !== 1 && given.every((item) => typeof (at(item, 'storage') ?? false) === 'boolean'))
    yield {
      path: ['versions'],
      value: null,
      allowed: `a list with one version whose storage is true, not ${stored}`,
      says: 'must have exactly one version marked as storage version',
    };
  if (spec.preserveUnknownFields === true)
    yield {
      path: ['preserveUnknownFields'],
      allowed: 'false, with x-kubernetes-preserve-unknown-fields in the schema instead',
    };
}

/** (ValidateCustomResourceDefinition, validateAPIApproval) */
export const definition: Rule = all(
  object((of) => {
    const [name, plural, ofGroup] = [
      textAt(of, 'metadata', 'name'),
      textAt(of, 'spec', 'names', 'plural'),
      textAt(of, 'spec', 'group'),
    ];
    if (name === undefined || plural === undefined || ofGroup === undefined) return none;
    const expected = `${plural}.${ofGroup}`;
    return name === expected || !isKnown(name + expected)
      ? none
      : wrong(`spec.names.plural, "." and spec.group: ${expected}`, ['metadata', 'name']);
  }),
  object((of) => {
    const ofGroup = textAt(of, 'spec', 'group') ?? '';
    const path = ['metadata', 'annotations', 'api-approved.kubernetes.io'];
    const approval = textAt(of, ...path) ?? '';
    if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(ofGroup) || !isKnown(approval)) return none;
    const isRight = approval.startsWith('unapproved') || (URL.canParse(approval) && new URL(approval).host !== '');
    return isRight ? none : wrong('the URL of an approval, or unapproved, for a group of Kubernetes itself', path);
  }),
  parts({
    spec: all(
      needs({ group: group.allowed, scope: 'Cluster or Namespaced', versions: 'a list of at least one version' }),
      fields({
        group: unlessEmpty(text(group)),
        scope: unlessEmpty(words('Cluster', 'Namespaced')),
        conversion,
        versions: list(version),
      }),
      parts({ names }),
      steps(versions),
    ),
  }),
);

/** (kube-aggregator 0.36, pkg/apis/apiregistration/validation: ValidateAPIService) */
export const apiService: Rule = all(
  object((of) => {
    const [name, ofVersion, ofGroup] = [
      textAt(of, 'metadata', 'name'),
      textAt(of, 'spec', 'version') ?? '',
      textAt(of, 'spec', 'group') ?? '',
    ];
    if (name === undefined || !isKnown(name + ofVersion + ofGroup)) return none;
    return name === `${ofVersion}.${ofGroup}`
      ? none
      : wrong(`spec.version, "." and spec.group: ${ofVersion}.${ofGroup}`, ['metadata', 'name']);
  }),
  parts({
    spec: all(
      needs({ version: 'given', groupPriorityMinimum: 'from 1 to 20000', versionPriority: 'from 1 to 1000' }),
      fields({
        group: unlessEmpty(text(dnsSubdomain)),
        version: unlessEmpty(label),
        groupPriorityMinimum: number(1, 20_000),
        versionPriority: number(1, 1000),
        service: all(
          needs({ name: 'the name of a Service', namespace: 'the namespace of the Service' }),
          fields({ port: portNumber }),
        ),
      }),
      object((spec) => {
        if (!isGiven(spec.group) && isWord(spec.version) && spec.version !== 'v1') return wrong('given', ['group']);
        const isLocal = !isGiven(spec.service);
        const isInsecure = spec.insecureSkipTLSVerify === true;
        if (isLocal && isInsecure) return wrong('left out without service', ['insecureSkipTLSVerify']);
        if (isLocal && isGiven(spec.caBundle)) return wrong('left out without service', ['caBundle'], { value: null });
        return isInsecure && isGiven(spec.caBundle)
          ? wrong('left out, since caBundle is given', ['insecureSkipTLSVerify'])
          : none;
      }),
    ),
  }),
);
