import type { JsonObject } from '../../json/json';
import { certificate } from '../../systems/secrets-made/cert-manager';
import { Secret } from '../secret';
import { kind } from './kind';

/**
 * What issues certificates in its namespace.
 *
 * @example
 * new Issuer(shop.directory, 'internal', { spec: { ca: { secretName: authority.secret } } });
 */
export class Issuer extends kind('cert-manager.io/v1', 'Issuer') {}

/**
 * What issues certificates in all namespaces. The Secrets that it names lie in cert-manager's own namespace.
 *
 * @example
 * const solvers = [{ dns01: { cloudflare: { apiTokenSecretRef: token.secret.key('token') } } }];
 * const server = 'https://acme-v02.api.letsencrypt.org/directory';
 * const acme = { server, privateKeySecretRef: { name: 'letsencrypt' }, solvers };
 * new ClusterIssuer(certManager.directory, 'letsencrypt', { spec: { acme } });
 */
export class ClusterIssuer extends kind('cert-manager.io/v1', 'ClusterIssuer') {}

/** The keys of the Secret of a Certificate. */
export type CertificateKey =
  | 'tls.crt'
  | 'tls.key'
  | 'ca.crt'
  | 'tls-combined.pem'
  | 'key.der'
  | 'keystore.jks'
  | 'truststore.jks'
  | 'keystore.p12'
  | 'truststore.p12';

/**
 * A certificate that cert-manager keeps valid, in a Secret.
 *
 * @example
 * const spec = { secretName: 'shop-tls', issuerRef: ClusterIssuer.named('letsencrypt'), dnsNames: ['shop.example.org'] };
 * const { secret } = new Certificate(shop.directory, 'certificate', { name: 'shop', spec });
 */
export class Certificate extends kind('cert-manager.io/v1', 'Certificate') {
  /** The Secret that cert-manager makes: `tls.crt`, `tls.key`, `ca.crt`, and the formats that are asked for. */
  get secret(): Secret<CertificateKey> {
    const { namespace, name, spec } = this;
    const object = { group: 'cert-manager.io', kind: 'Certificate', namespace, name, value: { spec } as JsonObject };
    const [made] = certificate(object, () => undefined);
    const { keys = [], type } = made ?? {};
    return new Secret({
      name: made?.name ?? this.name,
      keys: [...keys] as CertificateKey[],
      ...this.ownNamespace,
      producer: this,
      type,
    });
  }
}
