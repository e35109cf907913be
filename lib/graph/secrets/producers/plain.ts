import { keysAt, textAt } from '../../json';
import { type Produce, producer } from './producer';

/** A Secret as it is written. Kubernetes fills in one of type service-account-token (token, ca.crt, namespace). */
export const secret: Produce = function* (resource) {
  const token = textAt(resource.value, 'type') === 'kubernetes.io/service-account-token';
  yield producer(resource, {
    name: resource.name,
    keys: [
      ...keysAt(resource.value, 'data'),
      ...keysAt(resource.value, 'stringData'),
      ...(token ? ['token', 'ca.crt', 'namespace'] : []),
    ],
  });
};

/** A ConfigMap as it is written. */
export const configMap: Produce = function* (resource) {
  yield producer(resource, {
    kind: 'ConfigMap',
    name: resource.name,
    keys: [...keysAt(resource.value, 'data'), ...keysAt(resource.value, 'binaryData')],
  });
};
