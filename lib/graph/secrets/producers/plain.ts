import { keysAt, textAt } from '../../../json/read';
import { addProducer, type Produce } from './producer';

/** A Secret as it is written. Kubernetes fills in one of type service-account-token (token, ca.crt, namespace). */
export const secret: Produce = (resource, found) => {
  const token = textAt(resource.value, 'type') === 'kubernetes.io/service-account-token';
  addProducer(found, resource, {
    name: resource.name,
    keys: [
      ...keysAt(resource.value, 'data'),
      ...keysAt(resource.value, 'stringData'),
      ...(token ? ['token', 'ca.crt', 'namespace'] : []),
    ],
  });
};

/** A ConfigMap as it is written. */
export const configMap: Produce = (resource, found) => {
  addProducer(found, resource, {
    kind: 'ConfigMap',
    name: resource.name,
    keys: [...keysAt(resource.value, 'data'), ...keysAt(resource.value, 'binaryData')],
  });
};
