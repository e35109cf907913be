import { chainOf, credentialsOf } from '../../graph/cnpg/roles';
import type { Resource } from '../../graph/resource';
import { rotates } from '../../graph/restarts';
import type { JsonObject, Path } from '../../json/json';
import { keysAt, objectAt } from '../../json/read';
import { reloadLabel } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';
import { type MayHaveFix, setting } from '../meant';

export const lateReload: ClusterCheck = {
  id: 'cnpg/late-reload',
  severity: 'warning',
  title: 'Changed password that reaches the database late',
  atRunTime:
    'a password that changes in the store reaches its readers at once, but the database only at a later reconciliation: logins fail until then',
  remedy: `give the Secret the label ${reloadLabel}: "true" (spec.target.template.metadata.labels)`,
  fixes: 'add the label',
  source: 'https://cloudnative-pg.io/documentation/current/declarative_role_management/#password-management',
  *check(cluster) {
    const reported = new Set<Resource>();
    for (const { reference, whose } of credentialsOf(cluster)) {
      const { kind, namespace, name } = reference;
      const found = cluster.secrets.lookup(kind, namespace, name);
      if (found.state !== 'found' || found.producers.length > 1) continue;
      const [{ resource, path }] = found.producers;
      if (reported.has(resource) || !rotates(resource) || isLabelled(resource)) continue;
      reported.add(resource);
      yield {
        at: { resource, path },
        message: `Secret ${namespace}/${name} of ${whose} has no label ${reloadLabel}`,
        chain: chainOf(reference),
        ...labelled(resource),
      };
    }
  },
};

/** Of an ExternalSecret the template's labels are the Secret's, or without one its own. */
function labelled({ kind, value }: Resource): MayHaveFix {
  if (kind !== 'Secret' && kind !== 'ExternalSecret') return {};
  return setting([...labelsPath(value), reloadLabel], 'true');
}

function labelsPath(value: JsonObject): Path {
  const template = objectAt(value, 'spec', 'target', 'template');
  return template === undefined ? ['metadata', 'labels'] : ['spec', 'target', 'template', 'metadata', 'labels'];
}

/** Without a template, the ExternalSecret's own labels are the Secret's. */
function isLabelled({ value }: Resource): boolean {
  return keysAt(value, ...labelsPath(value)).includes(reloadLabel);
}
