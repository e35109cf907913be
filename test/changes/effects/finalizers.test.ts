import { object } from '../../graph/graph';
import { database, deployment, shopEffects } from '../review-of';

const release = (name: string, chart: string) =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    name,
    `spec: { interval: 1h, chart: { spec: { chart: ${chart}, sourceRef: { kind: HelmRepository, name: charts } } }, values: { installCRDs: false } }`,
  );
const push = (policy: string) =>
  object(
    'external-secrets.io/v1alpha1',
    'PushSecret',
    'out',
    `spec: { deletionPolicy: ${policy}, secretStoreRefs: [{ name: vault }], selector: { secret: { name: keys } }, data: [{ match: { secretKey: a, remoteRef: { remoteKey: out, property: a } } }] }`,
  );
const hanging = (before: string, after: string) =>
  shopEffects(deployment() + before, deployment() + after).filter((effect) => effect.includes('finalizer'));

test('what leaves with the operator that would release it may hang', () => {
  const eso = release('external-secrets', 'external-secrets');
  expect(hanging(eso + push('Delete'), '')).toEqual([
    'blocked high: PushSecret shop/out may hang in deletion: HelmRelease shop/external-secrets, whose operator removes its finalizer, is removed in the same change\n  1. First remove what HelmRelease shop/external-secrets manages, in a commit of its own, and the operator once all of it is gone.',
  ]);
  expect(hanging(release('keda', 'keda') + object('keda.sh/v1alpha1', 'ScaledObject', 'shop', 'spec: {}'), '')).toEqual(
    [expect.stringMatching(/^blocked high: ScaledObject shop\/shop may hang in deletion/)],
  );
});

test('not where it has no finalizer, or the operator stays or goes alone', () => {
  const eso = release('external-secrets', 'external-secrets');
  expect(hanging(eso + push('None'), '')).toEqual([]);
  expect(hanging(eso + push('Delete'), eso)).toEqual([]);
  expect(hanging(eso + push('Delete'), push('Delete'))).toEqual([]);
});

test('a database of a cluster that stays is released by its pods', () => {
  const operator = release('cnpg', 'cloudnative-pg');
  const app = object(
    'postgresql.cnpg.io/v1',
    'Database',
    'app',
    'spec: { name: app, owner: app, cluster: { name: db } }',
  );
  expect(hanging(operator + database() + app, database())).toEqual([]);
  expect(hanging(operator + database() + app, '')).toEqual([
    expect.stringMatching(/^blocked high: Database shop\/app may hang in deletion/),
  ]);
});
