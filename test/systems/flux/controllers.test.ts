import { controllerOf, controllerOfImage, flagOf, isOn } from '../../../lib/systems/flux/controllers';

test.each([
  ['ghcr.io/fluxcd/helm-controller:v1.6.3', 'helm-controller'],
  ['registry.local:5000/helm-controller', 'helm-controller'],
  ['registry.local/a/source-watcher@sha256:0123', 'source-watcher'],
  ['ghcr.io/acme/my-helm-controller:v1', undefined],
])('the image %s is %s', (image, expected) => {
  expect(controllerOfImage(image)).toBe(expected);
});

test('ImageUpdateAutomations have a controller of their own', () => {
  const of = (group: string, kind: string) => controllerOf({ group, kind });
  expect(of('image.toolkit.fluxcd.io', 'ImageUpdateAutomation')).toBe('image-automation-controller');
  expect(of('image.toolkit.fluxcd.io', 'ImagePolicy')).toBe('image-reflector-controller');
  expect(of('kustomize.config.k8s.io', 'Kustomization')).toBeUndefined();
});

test('of a flag that is said twice the last counts', () => {
  expect(flagOf(['--a=1', '--b=2', '--a=3'], 'a')).toBe('3');
  expect(flagOf(['--a', 'x=y'], 'a')).toBe('x=y');
  expect(flagOf(['--ab=1'], 'a')).toBeUndefined();
  expect(
    [['--a'], ['--a=true'], ['--a=T'], ['--a', '--a=false'], ['--a=0'], []].map((args) => isOn(args, 'a')),
  ).toEqual([true, true, true, false, false, false]);
});
