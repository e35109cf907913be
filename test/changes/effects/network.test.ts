import { object } from '../../graph/graph';
import { deployment, shopEffects } from '../review-of';

const policy = (spec: string, metadata = '') =>
  object('networking.k8s.io/v1', 'NetworkPolicy', 'shop', `spec: { ${spec} }${metadata}`);
const changed = (before: string, after: string) => shopEffects(deployment() + before, deployment() + after);
const own = 'podSelector: { matchLabels: { app: shop } }';

test('a policy cuts off what it does not name', () => {
  expect(changed('', policy(`${own}, ingress: []`))).toEqual([
    'other medium: NetworkPolicy shop/shop lets only what it allows into Deployment shop/shop',
  ]);
  expect(changed('', policy('podSelector: {}, policyTypes: [Egress]'))).toEqual([
    'other medium: NetworkPolicy shop/shop lets only what it allows out of every pod of namespace shop',
  ]);
  expect(
    changed('', policy(`podSelector: { matchExpressions: [{ key: app, operator: Exists }] }, egress: []`)),
  ).toEqual([
    'other medium: NetworkPolicy shop/shop lets only what it allows into and out of the pods that it selects',
  ]);
});

test('a policy changes, or goes', () => {
  expect(changed(policy(`${own}, ingress: []`), policy(`${own}, ingress: [{}]`))).toEqual([
    'other medium: NetworkPolicy shop/shop allows other traffic into Deployment shop/shop than before',
  ]);
  expect(changed(policy(own), '')).toEqual([
    'deleted medium: NetworkPolicy shop/shop is deleted: Kustomization flux-system/shop prunes it',
    'other medium: NetworkPolicy shop/shop no longer guards Deployment shop/shop: where no other policy selects a pod, all traffic is allowed',
  ]);
  const labelled = (text: string) => text.replace('name: shop, ', 'name: shop, labels: { a: b }, ');
  expect(changed(policy(own), labelled(policy(own)))).toEqual([]);
});
