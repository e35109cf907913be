import { listAt, textAt } from '../../json';
import { type Refer, referenceAt } from './reference';

/** The certificates of an Ingress. */
export const ingress: Refer = function* (resource) {
  for (const i of listAt(resource.value, 'spec', 'tls').keys()) {
    yield* referenceAt(resource, ['spec', 'tls', i], { use: 'tls', nameField: 'secretName' });
  }
};

/** The certificates of a Gateway's listeners. */
export const gateway: Refer = function* (resource) {
  for (const [i, listener] of listAt(resource.value, 'spec', 'listeners').entries()) {
    for (const [j, ref] of listAt(listener, 'tls', 'certificateRefs').entries()) {
      if ((textAt(ref, 'kind') ?? 'Secret') !== 'Secret' || (textAt(ref, 'group') ?? '') !== '') continue;
      yield* referenceAt(resource, ['spec', 'listeners', i, 'tls', 'certificateRefs', j], { use: 'tls' });
    }
  }
};

/** The values that a HelmRelease reads: the whole key `values.yaml`, unless it says another. */
export const helmRelease: Refer = function* (resource) {
  for (const [i, from] of listAt(resource.value, 'spec', 'valuesFrom').entries()) {
    const kind = textAt(from, 'kind');
    if (kind !== 'Secret' && kind !== 'ConfigMap') continue;
    const path = ['spec', 'valuesFrom', i];
    const keyed = textAt(from, 'valuesKey') !== undefined;
    yield* referenceAt(resource, path, {
      kind,
      use: 'values',
      namespace: resource.namespace,
      ...(keyed ? { keyField: 'valuesKey' } : { key: 'values.yaml' }),
    });
  }
  yield* referenceAt(resource, ['spec', 'kubeConfig', 'secretRef'], { use: 'flux' });
};

/** What Flux's own objects read: often made by hand when the cluster is bootstrapped. */
export const fluxObject: Refer = function* (resource) {
  for (const path of [
    ['spec', 'secretRef'],
    ['spec', 'certSecretRef'],
    ['spec', 'proxySecretRef'],
    ['spec', 'verify', 'secretRef'],
    ['spec', 'decryption', 'secretRef'],
    ['spec', 'kubeConfig', 'secretRef'],
  ]) {
    yield* referenceAt(resource, path, { use: 'flux' });
  }
};
