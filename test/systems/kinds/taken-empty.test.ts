import type { Path } from '../../../lib/json/json';
import { isLeftOut, takenEmpty } from '../../../lib/systems/kinds/taken-empty';

const path = (text: string): Path => text.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

test.each([
  ['postgresql.cnpg.io', 'Cluster', 'spec.managed.roles.0', ['name'], "CloudNativePG's webhook"],
  ['postgresql.cnpg.io', 'Cluster', 'spec.superuserSecret', ['name'], undefined],
  ['postgresql.cnpg.io', 'Cluster', 'spec.imageCatalogRef', ['name', 'kind'], undefined],
  ['postgresql.cnpg.io', 'Pooler', 'spec.managed.roles.0', ['name'], undefined],
  ['apps', 'Deployment', 'spec.template.spec.securityContext.sysctls.0', ['value'], 'the API server'],
  ['apps', 'Deployment', 'spec.template.spec.securityContext.sysctls.0', ['name'], undefined],
  ['postgresql.cnpg.io', 'Cluster', 'spec.externalClusters.0', ['name'], "CloudNativePG's webhook"],
  ['', 'LimitRange', 'spec', ['limits'], 'the API server'],
  ['', 'PersistentVolumeClaim', 'spec.dataSource', ['kind', 'name'], 'the API server'],
  ['', 'PersistentVolumeClaim', 'spec.dataSource', ['name'], undefined],
  ['example.org', 'LimitRange', 'spec', ['limits'], undefined],
])('%s %s: %s without %j is taken by %s', (group, kind, place, lacks, by) => {
  expect(takenEmpty({ group, kind }, path(place), lacks)).toBe(by);
});

test('an empty text is a choice of a Cluster that is left out', () => {
  const cluster = { group: 'postgresql.cnpg.io', kind: 'Cluster' };
  expect(isLeftOut(cluster, path('spec.logLevel'))).toBe(true);
  expect(isLeftOut(cluster, path('spec.primaryUpdateStrategy'))).toBe(false);
  expect(isLeftOut({ ...cluster, kind: 'Pooler' }, path('spec.logLevel'))).toBe(false);
});
