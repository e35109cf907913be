import type { Cluster } from '../../../graph/cluster';
import { variableUsers } from '../../../graph/flux/variable-users';
import { describe, type Identity } from '../../../graph/identity';
import type { Reference } from '../../../graph/references/reference';
import type { SecretKind, SecretReference } from '../../../graph/secrets/secret-index';
import { ofObject } from '../../../graph/subjects';
import { effect } from '../../effect';
import { likelyReadersOf, readersOf, referencesTo } from '../reads';
import { type Found, failing, mentioning } from './loss';

/** What reads a Secret or ConfigMap, and what refers to anything else, once that is gone. */

export function* ofSecret(kind: SecretKind, { namespace, name }: Identity, key: string | undefined, cluster: Cluster) {
  const what = `${kind} ${namespace}/${name}${key === undefined ? '' : ` key \`${key}\``}`;
  for (const references of readersOf(cluster, kind, namespace, name, key)) {
    const needed = references.find(({ optional }) => !optional);
    if (needed === undefined) continue;
    const on = ofObject(needed.resource);
    yield failing(on, without(needed, what), { resource: needed.resource, path: needed.path });
  }
  for (const at of likelyReadersOf(cluster, kind, namespace, name, key)) yield mentioning(at, `names ${what}`);
  for (const { kustomization, path, optional } of variableUsers(cluster, kind, namespace, name)) {
    if (optional || key !== undefined) continue;
    const { resource } = kustomization;
    yield failing(ofObject(resource), `applies nothing any more: its variables are those of ${what}`, {
      resource,
      path,
    });
  }
}

/** What an object does not do without a Secret or ConfigMap that it reads. */
function without({ use, resource }: SecretReference, what: string): string {
  switch (use) {
    case 'env':
    case 'envFrom':
      return resource.kind === 'HelmRelease'
        ? `names it in the values of its chart: pods start no more without ${what}`
        : `starts no new pod without ${what} (CreateContainerConfigError)`;
    case 'volume':
      return resource.kind === 'HelmRelease'
        ? `names it in the values of its chart: pods start no more without ${what}`
        : `starts no new pod without ${what} (ContainerCreating)`;
    case 'imagePullSecret':
      return `pulls no image of a private registry without ${what} (ImagePullBackOff)`;
    case 'tls':
    case 'certificate':
      return `has no certificate without ${what}`;
    case 'bootstrap':
      return `is not created without ${what}`;
    case 'superuser':
    case 'managedRole':
      return `does not set the password of the role without ${what}`;
    case 'configuration':
      return `is not configured without ${what}`;
    case 'push':
      return `pushes nothing without ${what}`;
    case 'values':
      return `is neither installed nor upgraded without ${what}`;
    case 'flux':
      return `does nothing any more without ${what}`;
    default:
      return resource.kind === 'HelmRelease'
        ? `names it in the values of its chart, which lacks ${what}`
        : `cannot log in without ${what}`;
  }
}

/** Everything that refers to an object by a field, Secrets apart. */
export function* ofReferences(identity: Identity, cluster: Cluster): Generator<Found> {
  for (const reference of referencesTo(cluster, identity)) {
    const { resource, path, use, row } = reference;
    if (use !== undefined) continue;
    const why = row.fails ?? failsBy(reference);
    const lacks = `lacks ${describe(identity)}${why === undefined ? '' : `: ${why}`}`;
    const happening = row.severity === 'warning' ? effect('other', 'medium', lacks) : effect('blocked', 'high', lacks);
    yield { on: ofObject(resource), event: 'fails', happening, at: { resource, path } };
  }
}

/** Of the rows that a rule of its own reports. */
function failsBy({ row: { rule }, resource }: Reference): string | undefined {
  switch (rule) {
    case 'flux/source-missing':
      return `${resource.kind === 'HelmRelease' ? 'it is' : 'what it applies is'} not updated any more`;
    case 'flux/depends-on-missing':
      return 'it waits for ever, and its changes are not applied';
    case 'workload/backend-missing':
      return 'requests are answered with 503';
    case 'cnpg/backup-target':
      return 'no backup is taken';
    default:
      return undefined;
  }
}
