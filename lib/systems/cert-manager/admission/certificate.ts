import { isIP } from 'node:net';
import { keysAt, listAt, objectAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { cronFault } from '../../cron';
import { parseDuration } from '../../duration';
import { type Fault, fault } from '../../fault';
import { duration, type Fields, form, has, needs, oneOf, type Rule, when } from '../../fields';
import { givenText, isGiven } from '../../given';
import { dnsSubdomain, labelValue } from '../../kubernetes/names';

/** (certificate.go: validateIssuerRef) */
export function* issuerReference(spec: Fields): Generator<Fault> {
  yield* needs('issuerRef.name')(spec);
  const [group, kind] = [spec.at('issuerRef.group') ?? '', givenText(spec.at('issuerRef.kind'))];
  if ((group !== '' && group !== 'cert-manager.io') || kind === undefined) return;
  if (kind === 'Issuer' || kind === 'ClusterIssuer') return;
  const hint = group === '' ? '; the issuers of others need issuerRef.group as well' : '';
  yield { path: spec.path('issuerRef.kind'), allowed: `Issuer or ClusterIssuer${hint}` };
}

const names = ['commonName', 'dnsNames', 'uris', 'emailAddresses', 'ipAddresses', 'otherNames'];

function* anyName(spec: Fields): Generator<Fault> {
  const given = names.some((name) => {
    const value = spec.at(name);
    return Array.isArray(value) ? value.length > 0 : isGiven(value);
  });
  const literal = spec.at('literalSubject');
  if (!given && (!isGiven(literal) || (typeof literal === 'string' && isKnown(literal) && !/\bCN\s*=/i.test(literal))))
    yield {
      path: spec.path(''),
      value: null,
      allowed: `an object with one of ${names.join(', ')}, or a literalSubject with CN`,
    };
}

/** (ValidateCertificateSpec; validateSubject…) */
function* literalSubject(spec: Fields): Generator<Fault> {
  if (!spec.has('literalSubject')) return;
  for (const name of ['commonName', 'subject'])
    if (name === 'subject' ? keysAt(spec.at(name)).length > 0 : spec.has(name))
      yield fault(spec.path(name), 'left out, since literalSubject is given', null);
}

function* addresses(spec: Fields): Generator<Fault> {
  for (const [i, text] of listAt(spec.at('ipAddresses')).entries())
    if (typeof text === 'string' && isKnown(text) && isIP(text) === 0)
      yield fault(spec.path(`ipAddresses.${i}`), 'an IP address');
  for (const [i, text] of listAt(spec.at('emailAddresses')).entries())
    if (typeof text === 'string' && isKnown(text) && !/^[^\s<>@]+@[^\s<>@]+$/.test(text))
      yield fault(spec.path(`emailAddresses.${i}`), 'an email address without a name');
}

/** The signatures that a key takes. (keyAlgToAllowedSigAlgs) */
const signatures: Readonly<Record<string, readonly string[]>> = {
  RSA: ['SHA256WithRSA', 'SHA384WithRSA', 'SHA512WithRSA'],
  ECDSA: ['ECDSAWithSHA256', 'ECDSAWithSHA384', 'ECDSAWithSHA512'],
  Ed25519: ['PureEd25519'],
};

function* privateKey(spec: Fields): Generator<Fault> {
  const algorithm = spec.at('privateKey.algorithm') || 'RSA';
  const size = spec.at('privateKey.size');
  if (typeof size === 'number' && size > 0) {
    if (algorithm === 'RSA' && (size < 2048 || size > 8192))
      yield fault(spec.path('privateKey.size'), '2048 to 8192 for RSA');
    if (algorithm === 'ECDSA' && ![256, 384, 521].includes(size))
      yield fault(spec.path('privateKey.size'), '256, 384 or 521 for ECDSA');
  }
  const allowed = typeof algorithm === 'string' ? signatures[algorithm] : undefined;
  const signature = givenText(spec.at('signatureAlgorithm'));
  if (allowed !== undefined && signature !== undefined && !allowed.includes(signature))
    yield fault(
      spec.path('signatureAlgorithm'),
      `${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')} for a key of ${String(algorithm)}`,
    );
}

const hour = 3600;
const defaultDuration = 90 * 24 * hour;
const leastRenewBefore = 300;

/** (ValidateDuration) */
function* durations(spec: Fields): Generator<Fault> {
  const lasts = secondsAt(spec, 'duration', defaultDuration);
  const before = secondsAt(spec, 'renewBefore', undefined);
  const percentage = spec.at('renewBeforePercentage');
  if (!spec.has('duration') && !spec.has('renewBefore')) return;
  if (lasts !== undefined && lasts < hour) yield fault(spec.path('duration'), '1h or longer');
  if (spec.has('renewBefore') && isGiven(percentage))
    yield fault(spec.path('renewBeforePercentage'), 'left out, since renewBefore is given');
  if (before !== undefined && before < leastRenewBefore) yield fault(spec.path('renewBefore'), '5m or longer');
  if (before !== undefined && lasts !== undefined && before >= lasts)
    yield fault(spec.path('renewBefore'), `shorter than the duration, ${givenText(spec.at('duration')) ?? '2160h'}`);
  if (typeof percentage !== 'number' || lasts === undefined) return;
  const seconds = (lasts * (100 - percentage)) / 100;
  if (seconds < leastRenewBefore || seconds >= lasts)
    yield fault(
      spec.path('renewBeforePercentage'),
      'a percentage with which it is renewed at least 5m before it expires',
    );
}

function secondsAt(spec: Fields, name: string, byDefault: number | undefined): number | undefined {
  const text = spec.at(name);
  if (!isGiven(text)) return byDefault;
  return typeof text === 'string' && isKnown(text) ? parseDuration(text) : undefined;
}

function* others(spec: Fields): Generator<Fault> {
  const limit = spec.at('revisionHistoryLimit');
  if (typeof limit === 'number' && limit < 1) yield fault(spec.path('revisionHistoryLimit'), '1 or more');
  for (const [key, value] of Object.entries(objectAt(spec.at('secretTemplate.labels')) ?? {})) {
    const path = [...spec.path('secretTemplate.labels'), key];
    if (typeof value === 'string' && isKnown(value) && !labelValue.accepts(value))
      yield fault(path, labelValue.allowed);
  }
  const annotations = spec.path('secretTemplate.annotations');
  for (const key of keysAt(spec.at('secretTemplate.annotations')))
    if (key.startsWith('cert-manager.io/') && key !== 'cert-manager.io/allow-direct-injection')
      yield { path: [...annotations, key], allowed: 'left out: cert-manager writes its annotations itself' };
  const types = listAt(spec.at('additionalOutputFormats')).map((item) => objectAt(item)?.type);
  for (const [i, type] of types.entries())
    if (types.indexOf(type) < i)
      yield fault(spec.path(`additionalOutputFormats.${i}.type`), 'a type that no other item has');
  const constraints = objectAt(spec.at('nameConstraints'));
  if (constraints !== undefined) {
    if (spec.at('isCA') !== true) yield fault(spec.path('isCA'), 'true, since nameConstraints are given');
    if (!isGiven(constraints.permitted) && !isGiven(constraints.excluded))
      yield fault(spec.path('nameConstraints'), 'an object with permitted or excluded', null);
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return name === 'Local';
  }
}

const keystores = ['jks', 'pkcs12'].map((name) =>
  when(has(`keystores.${name}`), oneOf(`keystores.${name}.password`, `keystores.${name}.passwordSecretRef.name`)),
);

/** (validateCertificateRenewal) */
function* renewal(spec: Fields): Generator<Fault> {
  yield* needs('renewal?.policy')(spec);
  const windows = listAt(spec.at('renewal.windows'));
  if (spec.at('renewal.policy') === 'Disabled' && windows.length > 0)
    yield fault(spec.path('renewal.windows'), 'left out, since the policy is Disabled', null);
  for (const i of windows.keys()) {
    yield* needs(`renewal.windows.${i}.windowDuration`)(spec);
    yield* form(`renewal.windows.${i}.timezone`, 'a time zone such as Europe/Berlin', isTimeZone)(spec);
    yield* duration(`renewal.windows.${i}.windowDuration`)(spec);
    const cron = givenText(spec.at(`renewal.windows.${i}.cron`));
    if (cron !== undefined && cronFault(cron, 'five') !== undefined)
      yield fault(
        spec.path(`renewal.windows.${i}.cron`),
        'five cron fields: minute hour day-of-month month day-of-week',
      );
  }
}

/** (ValidateCertificateSpec) */
export const certificate: readonly Rule[] = [
  needs('secretName'),
  form('secretName', dnsSubdomain.allowed, (name) => dnsSubdomain.accepts(name)),
  issuerReference,
  literalSubject,
  anyName,
  form('commonName', 'at most 64 characters long', (name) => Buffer.byteLength(name) <= 64),
  addresses,
  privateKey,
  duration('duration'),
  duration('renewBefore'),
  durations,
  others,
  ...keystores,
  renewal,
];
