import { at, keysAt, listAt, textAt } from '../../../json/read';
import { addProducer, anyNamespace, type Produce } from './producer';

/** A Certificate writes its key pair, ca.crt and the formats that it is asked for (https://cert-manager.io/docs/usage/certificate/). */
export const certificate: Produce = (resource, found) => {
  const name = textAt(resource.value, 'spec', 'secretName');
  if (name === undefined) return;
  const formats = listAt(resource.value, 'spec', 'additionalOutputFormats').map((format) => textAt(format, 'type'));
  const keys = [
    ...['tls.crt', 'tls.key', 'ca.crt'],
    ...(formats.includes('CombinedPEM') ? ['tls-combined.pem'] : []),
    ...(formats.includes('DER') ? ['key.der'] : []),
    ...(at(resource.value, 'spec', 'keystores', 'jks') === undefined ? [] : ['keystore.jks', 'truststore.jks']),
    ...(at(resource.value, 'spec', 'keystores', 'pkcs12') === undefined ? [] : ['keystore.p12', 'truststore.p12']),
  ];
  addProducer(found, resource, { name, path: ['spec', 'secretName'], keys });
};

/** An ACME issuer makes the Secret of its account's key. */
export const issuer: Produce = (resource, found) => {
  const path = ['spec', 'acme', 'privateKeySecretRef', 'name'];
  const name = textAt(resource.value, ...path);
  if (name === undefined) return;
  const namespace = resource.kind === 'ClusterIssuer' ? anyNamespace : resource.namespace;
  addProducer(found, resource, { namespace, name, path, keys: ['tls.key'], open: true });
};

const issuers = ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer', 'kubernetes.io/tls-acme'];

/** An Ingress or Gateway with cert-manager's annotation has its certificates made. */
export const annotated: Produce = (resource, found) => {
  if (!keysAt(resource.value, 'metadata', 'annotations').some((key) => issuers.includes(key))) return;
  for (const [i, tls] of listAt(resource.value, 'spec', 'tls').entries()) {
    const name = textAt(tls, 'secretName');
    if (name !== undefined) addProducer(found, resource, { name, path: ['spec', 'tls', i, 'secretName'], open: true });
  }
  for (const [i, listener] of listAt(resource.value, 'spec', 'listeners').entries()) {
    for (const [j, ref] of listAt(listener, 'tls', 'certificateRefs').entries()) {
      const name = textAt(ref, 'name');
      const path = ['spec', 'listeners', i, 'tls', 'certificateRefs', j, 'name'];
      if (name === undefined) continue;
      addProducer(found, resource, {
        namespace: textAt(ref, 'namespace') ?? resource.namespace,
        name,
        path,
        open: true,
      });
    }
  }
};
