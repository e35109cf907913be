import { keysAt, textAt } from '../../json/read';
import type { Makes } from './made';

/** A Secret as it is written. Kubernetes fills in one of type service-account-token (token, ca.crt, namespace). */
export const secret: Makes = function* (object) {
  const type = textAt(object.value, 'type');
  const token = type === 'kubernetes.io/service-account-token';
  yield {
    name: object.name,
    type,
    keys: [
      ...keysAt(object.value, 'data'),
      ...keysAt(object.value, 'stringData'),
      ...(token ? ['token', 'ca.crt', 'namespace'] : []),
    ],
  };
};

/** A ConfigMap as it is written. */
export const configMap: Makes = function* (object) {
  yield {
    kind: 'ConfigMap',
    name: object.name,
    keys: [...keysAt(object.value, 'data'), ...keysAt(object.value, 'binaryData')],
  };
};
