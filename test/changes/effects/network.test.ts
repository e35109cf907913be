import { object } from '../../graph/graph';
import { deployment, shopEffects } from '../review-of';

const policy = (spec: string, metadata = '') =>
  object('networking.k8s.io/v1', 'NetworkPolicy', 'shop', `spec: { ${spec} }${metadata}`);
const changed = (before: string, after: string) => shopEffects(deployment() + before, deployment() + after);
const own = 'podSelector: { matchLabels: { app: shop } }';

test('a policy cuts off what it does not name', () => {
  expect(changed('', policy(`${own}, ingress: []`))).toEqual([
    'other medium: NetworkPolicy shop/shop blocks all traffic into Deployment shop/shop except what it allows',
  ]);
  expect(changed('', policy('podSelector: {}, policyTypes: [Egress]'))).toEqual([
    'other medium: NetworkPolicy shop/shop blocks all traffic out of every pod of namespace shop except what it allows',
  ]);
  expect(
    changed('', policy(`podSelector: { matchExpressions: [{ key: app, operator: Exists }] }, egress: []`)),
  ).toEqual([
    'other medium: NetworkPolicy shop/shop blocks all traffic into and out of the pods that it selects except what it allows',
  ]);
});

test('a policy changes, or goes', () => {
  expect(changed(policy(`${own}, ingress: []`), policy(`${own}, ingress: [{}]`))).toEqual([
    'other medium: NetworkPolicy shop/shop changes which traffic it allows into Deployment shop/shop',
  ]);
  expect(changed(policy(own), '')).toEqual([
    'deleted medium: NetworkPolicy shop/shop is deleted: Kustomization flux-system/shop prunes it',
    'other medium: NetworkPolicy shop/shop no longer restricts traffic of Deployment shop/shop: where no other policy selects a pod, all traffic is allowed',
  ]);
  const labelled = (text: string) => text.replace('name: shop, ', 'name: shop, labels: { a: b }, ');
  expect(changed(policy(own), labelled(policy(own)))).toEqual([]);
});
