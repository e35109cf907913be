import { deployment, shopEffects } from '../review-of';

const only = (effects: readonly string[]) => effects.filter((effect) => effect.includes('privileges'));

test('pods get hold of their node', () => {
  expect(
    only(
      shopEffects(
        deployment(),
        deployment('securityContext: { privileged: true, capabilities: { add: [NET_ADMIN] } }'),
      ),
    ),
  ).toEqual(['other high: Deployment shop/shop gains privileges on its node: `privileged`, `capability NET_ADMIN`']);
  expect(only(shopEffects(deployment(), deployment('', '', '      hostNetwork: true')))).toEqual([
    'other medium: Deployment shop/shop gains privileges on its node: `hostNetwork`',
  ]);
  expect(only(shopEffects('', deployment('', '', '      volumes: [{ name: root, hostPath: { path: / } }]')))).toEqual([
    'other high: Deployment shop/shop gains privileges on its node: `hostPath /`',
  ]);
});

test('pods that had it, or give it up, are no news', () => {
  const privileged = deployment('securityContext: { privileged: true }');
  expect(only(shopEffects(privileged, privileged.replace('shop:1', 'shop:2')))).toEqual([]);
  expect(only(shopEffects(privileged, deployment()))).toEqual([]);
});
