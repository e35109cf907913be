import { keysAt, objectAt, textAt } from '../../json/read';
import { hasContent } from '../../systems/external-secrets/keys';
import { TemplateError } from '../../systems/go-template';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { type Asked, externalSecrets } from '../external-secrets/specs';
import { templatesIn } from '../external-secrets/templates';
import { type Remote, remotesOf } from '../remotes';
import type { Resource } from '../resource';
import type { Subject } from '../subjects';

/** The keys that an ExternalSecret makes of something that it reads; `all` where any key may be of it. */
export type KeysMade = readonly string[] | 'all';

/** The keys of its Secret that an ExternalSecret makes of one thing that it reads of a store: by its templates, or as it is. */
export function keysMadeOf(
  cluster: Cluster,
  { resource, secretKey }: Pick<Remote, 'resource' | 'secretKey'>,
): KeysMade {
  const asked = askedBy(cluster).get(resource);
  if (asked === undefined) return [];
  const template = objectAt(asked.spec, 'target', 'template');
  const raw = secretKey === undefined ? 'all' : [secretKey];
  if (!hasContent(template)) return raw;
  if (secretKey === undefined || textAt(template, 'mergePolicy') === 'Merge') return 'all';
  return keysAt(template, 'data').filter((key) => readBy(cluster, resource, key).has(secretKey));
}

/** What a key of the Secret of an ExternalSecret is made of or, without a key, all that it reads. */
export function remotesMaking(cluster: Cluster, resource: Resource, key: string | undefined): readonly Remote[] {
  return (readsBy(cluster).get(resource) ?? []).filter((remote) => {
    const made = key === undefined ? 'all' : keysMadeOf(cluster, remote);
    return made === 'all' || made.includes(key as string);
  });
}

/** The keys that something which is read of a store becomes, or the Secrets, where it may become any of theirs. */
export function madeOf(cluster: Cluster, remote: Remote): readonly Subject[] {
  const keys = remote.verb === 'push' ? [] : keysMadeOf(cluster, remote);
  return cluster.secrets.producersOf(remote.resource).flatMap(({ kind, namespace, name }): Subject[] => {
    const identity = { group: '', kind, namespace, name };
    if (keys === 'all') return [{ type: 'object', identity, key: undefined }];
    return keys.map((key) => ({ type: 'object', identity, key }));
  });
}

/** What the template of one key of the Secret reads. One that cannot be read is taken to read nothing. */
function readBy(cluster: Cluster, resource: Resource, key: string): ReadonlySet<string> {
  const own = templatesByObject(cluster).get(resource) ?? [];
  const found = own.filter(({ path }) => path.at(-2) === 'data' && path.at(-1) === key);
  return new Set(
    found.flatMap(({ reads }) => (reads instanceof TemplateError ? [] : reads.keys.map((one) => one.key))),
  );
}

const templatesByObject = memoize((cluster: Cluster) => groupBy(templatesIn(cluster), ({ asked }) => asked.resource));

const readsBy = memoize((cluster: Cluster) =>
  groupBy(
    [...remotesOf(cluster)].filter(({ verb }) => verb !== 'push'),
    ({ resource }) => resource,
  ),
);

const askedBy = memoize(
  (cluster: Cluster): ReadonlyMap<Resource, Asked> =>
    new Map(externalSecrets(cluster).map((asked) => [asked.resource, asked])),
);
