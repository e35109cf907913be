import { isWrittenEmpty } from '../../../lib/systems/cnpg/written-empty';

test.each([
  ['spec.managed.roles.0', true],
  ['spec.bootstrap.initdb.secret', true],
  ['spec.externalClusters.0.sslKey', true],
  ['spec.superuserSecret', false],
  ['spec.tablespaces.0', false],
  ['spec.externalClusters.0', false],
  ['metadata', false],
])('what lacks in %s of a Cluster is written there: %s', (path, written) => {
  expect(isWrittenEmpty(path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)))).toBe(written);
});
