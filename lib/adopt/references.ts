import { chartReferences } from '../graph/references/chart-values';
import { addReferences } from '../graph/references/find';
import type { Reference } from '../graph/references/reference';
import { visitRows } from '../graph/references/walk';
import type { Resource } from '../graph/resource';
import { generators } from '../systems/external-secrets/generators';
import { own, type Rows } from '../systems/references/row';
import { memoize } from '../text/memoize';

const store = own(['external-secrets.io/SecretStore', 'external-secrets.io/ClusterSecretStore']);
const generator = own(
  [...Object.keys(generators), 'ClusterGenerator'].map((kind) => `generators.external-secrets.io/${kind}`),
);

/** What the graph follows in ways of its own, since rules of their own report it. */
const further: Readonly<Record<string, Rows>> = {
  ExternalSecret: {
    'spec.secretStoreRef': store,
    'spec.data[].sourceRef.storeRef': store,
    'spec.dataFrom[].sourceRef.storeRef': store,
    'spec.dataFrom[].sourceRef.generatorRef': generator,
  },
  PushSecret: { 'spec.secretStoreRefs[]': store, 'spec.selector.generatorRef': generator },
  Cluster: { 'spec.plugins[].parameters': { to: ['barmancloud.cnpg.io/ObjectStore'], name: 'barmanObjectName' } },
};

/** What an object refers to besides what the graph's references are: stores, generators, and what its values hand on to a chart. */
export const furtherReferences = memoize((resource: Resource): readonly Reference[] => {
  if (resource.kind === 'HelmRelease') return chartReferences(resource);
  const rows = further[resource.kind];
  const found: Reference[] = [];
  if (rows !== undefined)
    visitRows(rows, resource.value, [], (row, value, path) => addReferences(found, resource, row, value, path));
  return found;
});
