import { releaseOf } from '../../../lib/systems/flux/helm-release';

const release = (spec: Record<string, string>) => releaseOf({ name: 'web', namespace: 'shop', value: { spec } });

test.each([
  [{}, { name: 'web', target: 'shop', storage: 'shop' }],
  [{ targetNamespace: 'prod' }, { name: 'prod-web', target: 'prod', storage: 'shop' }],
  [
    { releaseName: 'www', targetNamespace: 'prod' },
    { name: 'www', target: 'prod', storage: 'shop' },
  ],
  [{ storageNamespace: 'flux-system' }, { name: 'web', target: 'shop', storage: 'flux-system' }],
  [
    { releaseName: '', targetNamespace: '' },
    { name: 'web', target: 'shop', storage: 'shop' },
  ],
])('a HelmRelease %j stands for the release %j', (spec, expected) => {
  expect(release(spec)).toEqual(expected);
});
