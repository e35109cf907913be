import { object } from '../../graph/graph';
import { deployment, shopEffects } from '../review-of';

const scaler = (spec: string) =>
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'shop',
    `spec: { ${spec}, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop } }`,
  );
const budget = (spec: string) =>
  object('policy/v1', 'PodDisruptionBudget', 'shop', `spec: { ${spec}, selector: { matchLabels: { app: shop } } }`);

test('an autoscaler keeps another number of pods', () => {
  expect(shopEffects(scaler('maxReplicas: 5'), scaler('minReplicas: 2, maxReplicas: 10'))).toEqual([
    'scale medium: HorizontalPodAutoscaler shop/shop keeps 2 to 10 pods of Deployment shop, 1 to 5 before',
  ]);
  expect(shopEffects(scaler('maxReplicas: 5'), scaler('minReplicas: 1, maxReplicas: 5'))).toEqual([]);
});

test('a budget that lets no pod go', () => {
  expect(shopEffects(deployment(), deployment() + budget('minAvailable: 1'))).toEqual([
    'other medium: PodDisruptionBudget shop/shop allows no pod to be evicted: nodes that run its pods cannot be drained, such as for an upgrade',
  ]);
  expect(shopEffects(budget('maxUnavailable: 1'), budget('maxUnavailable: 0'))).toEqual([
    'other medium: PodDisruptionBudget shop/shop allows no pod to be evicted: nodes that run its pods cannot be drained, such as for an upgrade',
  ]);
  expect(
    shopEffects(deployment('', '  replicas: 2'), deployment('', '  replicas: 2') + budget('minAvailable: 1')),
  ).toEqual([]);
  expect(shopEffects(budget('maxUnavailable: 1'), budget('maxUnavailable: 2'))).toEqual([]);
});
