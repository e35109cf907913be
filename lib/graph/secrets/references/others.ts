import { listAt, textAt } from '../../../json/read';
import { addEach, addEntry, addReference, partAt, type Refer, specOf } from './reference';

/** The certificates of an Ingress. */
export const ingress: Refer = (resource, found) => {
  addEach(found, specOf(resource), 'tls', { use: 'tls', nameField: 'secretName' });
};

/** The certificates of a Gateway's listeners. */
export const gateway: Refer = (resource, found) => {
  const spec = specOf(resource);
  if (spec === undefined) return;
  for (const i of listAt(spec.value, 'listeners').keys()) {
    const tls = partAt(spec, 'listeners', i, 'tls');
    if (tls === undefined) continue;
    for (const [j, ref] of listAt(tls.value, 'certificateRefs').entries()) {
      if ((textAt(ref, 'kind') ?? 'Secret') !== 'Secret' || (textAt(ref, 'group') ?? '') !== '') continue;
      addEntry(found, tls, ['certificateRefs', j], { use: 'tls' });
    }
  }
};

/** The values that a HelmRelease reads: the whole key `values.yaml`, unless it says another. */
export const helmRelease: Refer = (resource, found) => {
  const spec = specOf(resource);
  if (spec === undefined) return;
  for (const [i, from] of listAt(spec.value, 'valuesFrom').entries()) {
    const kind = textAt(from, 'kind');
    if (kind !== 'Secret' && kind !== 'ConfigMap') continue;
    const keyed = textAt(from, 'valuesKey') !== undefined;
    addEntry(found, spec, ['valuesFrom', i], {
      kind,
      use: 'values',
      namespace: resource.namespace,
      ...(keyed ? { keyField: 'valuesKey' } : { key: 'values.yaml' }),
    });
  }
  addReference(found, partAt(spec, 'kubeConfig'), 'secretRef', { use: 'flux' });
};

/** What Flux's own objects read: often made by hand when the cluster is bootstrapped. */
export const fluxObject: Refer = (resource, found) => {
  const spec = specOf(resource);
  if (spec === undefined) return;
  for (const field of ['secretRef', 'certSecretRef', 'proxySecretRef'])
    addReference(found, spec, field, { use: 'flux' });
  for (const field of ['verify', 'decryption', 'kubeConfig']) {
    addReference(found, partAt(spec, field), 'secretRef', { use: 'flux' });
  }
};

/** The credentials of Flux's notifications (notification-controller api/v1beta3 Provider, api/v1 Receiver). */
export const notification: Refer = (resource, found) => {
  addReference(found, specOf(resource), 'secretRef', { use: 'credentials', namespace: resource.namespace });
};
