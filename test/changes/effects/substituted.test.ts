import { fluxKustomization, object } from '../../graph/graph';
import { deployment, effectsOf, source } from '../review-of';

const tree = (value: string, from: string) => ({
  'flux/source.yaml': source,
  'flux/keys.yaml': object('v1', 'Secret', 'keys', `stringData: { KEY: ${value} }`, 'flux-system'),
  'flux/shop.yaml': fluxKustomization(
    'shop',
    './shop',
    `postBuild: { substituteFrom: [{ kind: Secret, name: ${from}, optional: true }] }`,
  ),
  'shop/shop.yaml': deployment("args: ['${KEY}']"),
});

test('objects change with the Secret that fills them in, and nothing shows which', () => {
  expect(effectsOf(tree('one', 'keys'), tree('two', 'keys'))).toEqual([
    'other medium: Kustomization flux-system/shop fills in new values of Secret flux-system/keys: objects that use them change, and this report cannot show which\n  because of Secret/keys key `KEY`',
  ]);
});

test('another Secret fills in nothing', () => {
  expect(effectsOf(tree('one', 'others'), tree('two', 'others'))).toEqual([]);
  expect(effectsOf(tree('one', 'keys'), tree('one', 'keys'))).toEqual([]);
});
