import { installsCrds, isRemote, releaseOf, runsHooks } from '../../../lib/systems/flux/helm-release';

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

test('a name of more than 53 characters ends in a part of its hash, as helm-controller shortens it', () => {
  const names = ['release-name', 'another-release-name'].map(
    (name) => release({ releaseName: `${name}-with-very-long-name-which-is-longer-than-53-characters` }).name,
  );
  expect(names).toEqual([
    'release-name-with-very-long-name-which-i-788ca0d0d7b0',
    'another-release-name-with-very-long-name-7e72150d5a36',
  ]);
});

test.each([
  [{}, true],
  [{ install: { crds: 'Skip' } }, false],
  [{ install: { crds: 'CreateReplace', skipCRDs: true } }, true],
  [{ install: { skipCRDs: true } }, false],
])('definitions of a release %j are installed: %j', (spec, expected) => {
  expect(installsCrds({ value: { spec } })).toBe(expected);
});

test('hooks run unless they are disabled, and a kubeConfig leads to another cluster', () => {
  const given = { value: { spec: { install: { disableHooks: true }, kubeConfig: { secretRef: { name: 'other' } } } } };
  expect([runsHooks(given), isRemote(given)]).toEqual([false, true]);
  expect([runsHooks({ value: {} }), isRemote({ value: {} })]).toEqual([true, false]);
});
