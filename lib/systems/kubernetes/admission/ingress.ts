import type { Json, JsonObject } from '../../../json/json';
import { textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { isGiven } from '../../given';
import { parseAddress } from '../addresses';
import { dnsLabel, dnsSubdomain, domainPath, pathSegment, portName, wildcardSubdomain } from '../names';
import {
  all,
  exactlyOne,
  fields,
  isEmpty,
  isWord,
  list,
  needs,
  none,
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

/** Another object, by group, kind and name. (pkg/apis/networking/validation: validateIngressTypedLocalObjectReference) */
const reference = all(
  needs({ kind: 'given', name: 'given' }),
  fields({
    apiGroup: text(dnsSubdomain),
    kind: unlessEmpty(text(pathSegment)),
    name: unlessEmpty(text(pathSegment)),
  }),
);

const backendPort = steps(function* ({ name, number }) {
  if (!isGiven(name) && (!isGiven(number) || number === 0)) yield fault([], 'given: a name or a number', null);
  else if (isGiven(name) && isGiven(number) && number !== 0)
    yield fault([], 'given as a name or a number, not both', null);
  else if (isWord(name) && name !== '') yield* within(['name'], text(portName)(name));
  else if (isGiven(number)) yield* within(['number'], portNumber(number as Json));
});

/** (validateIngressBackend) */
const backend: Rule = all(
  exactlyOne(['service', 'resource']),
  fields({
    service: all(needs({ name: 'given' }), fields({ name: unlessEmpty(text(dnsLabel)) }), parts({ port: backendPort })),
    resource: reference,
  }),
);

const pathTypes = words('Exact', 'Prefix', 'ImplementationSpecific');
const sequences = ['//', '/./', '/../', '%2f', '%2F'];
const ends = ['/..', '/.'];

/** (validateHTTPIngressPath) */
function* httpPath({ path, pathType, ...rest }: JsonObject): Generator<Fault> {
  if (pathType === undefined || pathType === null)
    return yield fault(['pathType'], 'one of Exact, Prefix, ImplementationSpecific');
  if (!isWord(pathType)) return;
  yield* within(['pathType'], pathTypes(pathType));
  const given = path ?? '';
  const isExact = pathType === 'Exact' || pathType === 'Prefix';
  if (isWord(given) && (isExact || (pathType === 'ImplementationSpecific' && given !== ''))) {
    if (!given.startsWith('/')) yield { path: ['path'], allowed: 'an absolute path', example: '"/"' };
    const sequence = isExact ? sequences.find((part) => given.includes(part)) : undefined;
    const end = isExact ? ends.find((part) => given.endsWith(part)) : undefined;
    if (sequence !== undefined) yield fault(['path'], `a path without "${sequence}"`);
    else if (end !== undefined) yield fault(['path'], `a path that does not end with "${end}"`);
  }
  yield* within(['backend'], backend(rest.backend ?? {}));
}

const host: Rule = (value) => {
  if (isWord(value) && parseAddress(value) !== undefined)
    return wrong('a DNS name', [], { says: 'must be a DNS name, not an IP address' });
  return text(wildcardSubdomain)(value);
};

const annotation = ['metadata', 'annotations', 'kubernetes.io/ingress.class'];

/** (ValidateIngressCreate) */
export const ingress: Rule = all(
  parts({
    spec: all(
      steps(function* ({ rules, defaultBackend }) {
        if (isEmpty(rules) && !isGiven(defaultBackend) && (!isGiven(rules) || Array.isArray(rules)))
          yield {
            path: ['rules'],
            allowed: 'given, or defaultBackend',
            says: 'either `defaultBackend` or `rules` must be specified',
          };
      }),
      fields({
        defaultBackend: backend,
        ingressClassName: text(dnsSubdomain),
        rules: list(
          fields({
            host: unlessEmpty(host),
            http: all(needs({ paths: 'a list of at least one path' }), fields({ paths: list(steps(httpPath)) })),
          }),
        ),
        tls: list(fields({ hosts: list(text(wildcardSubdomain)), secretName: unlessEmpty(text(dnsSubdomain)) })),
      }),
    ),
  }),
  (object) => {
    const [older, newer] = [textAt(object, ...annotation), textAt(object, 'spec', 'ingressClassName')];
    if (older === undefined || newer === undefined || older === newer || !isKnown(older) || !isKnown(newer))
      return none;
    return wrong(`the same as spec.ingressClassName, ${newer}, or left out`, annotation, {
      says: 'must match `ingressClassName` when both are specified',
    });
  },
);

/** (ValidateIngressClass) */
export const ingressClass: Rule = parts({
  spec: all(
    needs({ controller: domainPath.allowed }),
    fields({
      controller: all(unlessEmpty(text(domainPath)), (value) =>
        isWord(value) && value.length > 250 ? wrong('at most 250 characters') : none,
      ),
      parameters: all(
        reference,
        fields({ scope: words('Cluster', 'Namespace'), namespace: text(dnsLabel) }),
        steps(function* ({ scope, namespace }) {
          const has = namespace !== undefined && namespace !== null;
          if (scope === 'Namespace' && !has) yield fault(['namespace'], 'given for the scope Namespace');
          if ((scope ?? 'Cluster') === 'Cluster' && has) yield fault(['namespace'], 'left out, or the scope Namespace');
        }),
      ),
    }),
  ),
});
