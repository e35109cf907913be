import { at, keysAt, listAt, textAt } from '../../json/read';
import { anyNamespace, type Makes } from './made';

/** A Certificate writes its key pair, ca.crt and the formats that it is asked for (https://cert-manager.io/docs/usage/certificate/). */
export const certificate: Makes = function* (object) {
  const name = textAt(object.value, 'spec', 'secretName');
  if (name === undefined) return;
  const formats = listAt(object.value, 'spec', 'additionalOutputFormats').map((format) => textAt(format, 'type'));
  const keys = [
    ...['tls.crt', 'tls.key', 'ca.crt'],
    ...(formats.includes('CombinedPEM') ? ['tls-combined.pem'] : []),
    ...(formats.includes('DER') ? ['key.der'] : []),
    ...(at(object.value, 'spec', 'keystores', 'jks') === undefined ? [] : ['keystore.jks', 'truststore.jks']),
    ...(at(object.value, 'spec', 'keystores', 'pkcs12') === undefined ? [] : ['keystore.p12', 'truststore.p12']),
  ];
  yield { name, path: ['spec', 'secretName'], keys, type: 'kubernetes.io/tls' };
};

/** An ACME issuer makes the Secret of its account's key. */
export const issuer: Makes = function* (object) {
  const path = ['spec', 'acme', 'privateKeySecretRef', 'name'];
  const name = textAt(object.value, ...path);
  if (name === undefined) return;
  const namespace = object.kind === 'ClusterIssuer' ? anyNamespace : object.namespace;
  yield { namespace, name, path, keys: ['tls.key'], open: true };
};

const issuers = ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer', 'kubernetes.io/tls-acme'];

/** An Ingress or Gateway with cert-manager's annotation has its certificates made. */
export const annotated: Makes = function* (object) {
  if (!keysAt(object.value, 'metadata', 'annotations').some((key) => issuers.includes(key))) return;
  for (const [i, tls] of listAt(object.value, 'spec', 'tls').entries()) {
    const name = textAt(tls, 'secretName');
    if (name !== undefined) yield { name, path: ['spec', 'tls', i, 'secretName'], open: true };
  }
  for (const [i, listener] of listAt(object.value, 'spec', 'listeners').entries()) {
    for (const [j, ref] of listAt(listener, 'tls', 'certificateRefs').entries()) {
      const name = textAt(ref, 'name');
      const path = ['spec', 'listeners', i, 'tls', 'certificateRefs', j, 'name'];
      if (name === undefined) continue;
      yield {
        namespace: textAt(ref, 'namespace') ?? object.namespace,
        name,
        path,
        open: true,
      };
    }
  }
};
