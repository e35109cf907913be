import type { JsonObject } from '../../../json/json';
import { textAt } from '../../../json/read';
import { groupVersion } from '../../api-version';
import type { Fault } from '../../fault';
import { Fields, type Rule } from '../../fields';
import { certificate, issuerReference } from './certificate';
import { issuer } from './issuer';

export const group = 'cert-manager.io';

/**
 * What the webhook of cert-manager 1.21 refuses in the spec of a new object, by kind (internal/apis/certmanager/validation). Of Challenges and
 * Orders it refuses changes alone.
 */
const refusals: Readonly<Record<string, readonly Rule[]>> = {
  Issuer: issuer,
  ClusterIssuer: issuer,
  Certificate: certificate,
  CertificateRequest: [issuerReference],
};

export const judgedKinds = Object.keys(refusals);

export function* faultsOf(object: JsonObject): Generator<Fault> {
  const rules = Object.hasOwn(refusals, String(object.kind)) ? refusals[String(object.kind)] : undefined;
  if (rules === undefined || groupVersion(textAt(object, 'apiVersion') ?? '').group !== group) return;
  const spec = new Fields(object, ['spec']);
  for (const rule of rules) yield* rule(spec);
}
