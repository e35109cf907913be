import { listAt, textAt } from '../../json';
import { addReference, type Refer } from './reference';

/** The certificates of an Ingress. */
export const ingress: Refer = (resource, found) => {
  for (const i of listAt(resource.value, 'spec', 'tls').keys()) {
    addReference(found, resource, ['spec', 'tls', i], { use: 'tls', nameField: 'secretName' });
  }
};

/** The certificates of a Gateway's listeners. */
export const gateway: Refer = (resource, found) => {
  for (const [i, listener] of listAt(resource.value, 'spec', 'listeners').entries()) {
    for (const [j, ref] of listAt(listener, 'tls', 'certificateRefs').entries()) {
      if ((textAt(ref, 'kind') ?? 'Secret') !== 'Secret' || (textAt(ref, 'group') ?? '') !== '') continue;
      addReference(found, resource, ['spec', 'listeners', i, 'tls', 'certificateRefs', j], { use: 'tls' });
    }
  }
};

/** The values that a HelmRelease reads: the whole key `values.yaml`, unless it says another. */
export const helmRelease: Refer = (resource, found) => {
  for (const [i, from] of listAt(resource.value, 'spec', 'valuesFrom').entries()) {
    const kind = textAt(from, 'kind');
    if (kind !== 'Secret' && kind !== 'ConfigMap') continue;
    const path = ['spec', 'valuesFrom', i];
    const keyed = textAt(from, 'valuesKey') !== undefined;
    addReference(found, resource, path, {
      kind,
      use: 'values',
      namespace: resource.namespace,
      ...(keyed ? { keyField: 'valuesKey' } : { key: 'values.yaml' }),
    });
  }
  addReference(found, resource, ['spec', 'kubeConfig', 'secretRef'], { use: 'flux' });
};

const ofFlux = [
  ['spec', 'secretRef'],
  ['spec', 'certSecretRef'],
  ['spec', 'proxySecretRef'],
  ['spec', 'verify', 'secretRef'],
  ['spec', 'decryption', 'secretRef'],
  ['spec', 'kubeConfig', 'secretRef'],
];

/** What Flux's own objects read: often made by hand when the cluster is bootstrapped. */
export const fluxObject: Refer = (resource, found) => {
  for (const path of ofFlux) addReference(found, resource, path, { use: 'flux' });
};
