import { groupsInstalledBy } from '../graph/charts';
import type { Cluster } from '../graph/cluster';
import { generatedKeys } from '../graph/external-secrets/generated';
import { type Asked, externalSecrets, pushSecrets, targetOf } from '../graph/external-secrets/specs';
import { describe } from '../graph/identity';
import type { Resource } from '../graph/resource';
import type { SecretKind } from '../graph/secrets/secret-index';
import { dataByNamespace } from '../graph/stored-data';
import { at, listAt, textAt } from '../json/read';
import { group as cnpgGroup, reclaimPolicies } from '../systems/cnpg/names';
import { creationPolicy, deletesPushed } from '../systems/external-secrets/spec';
import { dataPath } from '../systems/external-secrets/vault-paths';
import { releaseOf } from '../systems/flux/helm-release';
import { count } from '../text/count';
import { groupBy } from '../text/group-by';
import { listed, listedCode } from '../text/listed';
import { memoize } from '../text/memoize';
import type { Context } from './context';
import { effect, type Happening } from './effect';
import { guardedBy } from './effects/network';
import { keep, lossOfClaim } from './lost-claim';
import { pruningOf } from './pruning';
import { outlives } from './pruning-by-helm';
import { readerNames } from './readers';
import type { Side } from './side';
import { usersOfStore } from './store-users';

type LossOf = (resource: Resource, context: Context) => Happening[];

const keepByHelm =
  'have its chart put the annotation `helm.sh/resource-policy: keep` on it, by its values, in a commit of its own, and wait until Helm has applied that.';

/** By `group/kind`, as far as more is lost than the object itself. */
const losses: Readonly<Record<string, LossOf>> = {
  'postgresql.cnpg.io/Cluster': (resource, context) => [
    ...ofMadeSecrets(resource, context),
    effect(
      'data',
      'critical',
      `loses its databases: CloudNativePG deletes its volumes with it (${sizeOf(resource)})`,
      `Take a backup to another place, or keep it: ${keep}`,
    ),
  ],
  ...Object.fromEntries(
    Object.entries(reclaimPolicies).map(([kind, { of, policy }]) => [`${cnpgGroup}/${kind}`, ofReclaimed(of, policy)]),
  ),
  '/PersistentVolumeClaim': lossOfClaim,
  '/Namespace': (resource, { base }) => {
    const data = base && dataByNamespace(base.cluster).get(resource.name);
    const lost = data === undefined ? '' : `, such as ${describe(data)} with its data`;
    return [
      effect(
        data === undefined ? 'deleted' : 'data',
        data === undefined ? 'high' : 'critical',
        `deletes everything in it, also what is not in the tree${lost}`,
        `Check that nothing in it is needed (\`kubectl -n ${resource.name} get all,pvc\`), or keep it: ${keep}`,
      ),
    ];
  },
  'apps/StatefulSet': ({ value }) =>
    textAt(value, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete' &&
    listAt(value, 'spec', 'volumeClaimTemplates').length > 0
      ? [
          effect(
            'data',
            'critical',
            'loses its volumes: persistentVolumeClaimRetentionPolicy.whenDeleted is Delete',
            'Copy what is on them, or set `whenDeleted: Retain` in a commit of its own before this one.',
          ),
        ]
      : [],
  'apiextensions.k8s.io/CustomResourceDefinition': (resource) => [
    effect(
      'data',
      'critical',
      `deletes every ${textAt(resource.value, 'spec', 'names', 'kind') ?? 'object of its kind'} in the cluster`,
      `Check that none is left (\`kubectl get ${textAt(resource.value, 'spec', 'names', 'plural') ?? resource.name}.${textAt(resource.value, 'spec', 'group') ?? ''} -A\`), or keep it: ${keep}`,
    ),
  ],
  '/Secret': ofContent,
  '/ConfigMap': ofContent,
  'networking.k8s.io/NetworkPolicy': (policy, { base }) => [
    effect(
      'other',
      'medium',
      `no longer restricts traffic of ${guardedBy(policy, base)}: where no other policy selects a pod, all traffic is allowed`,
    ),
  ],
  'external-secrets.io/ExternalSecret': ofExternalSecret,
  'external-secrets.io/PushSecret': ofPushSecret,
  'external-secrets.io/ClusterSecretStore': ofStore,
  'external-secrets.io/SecretStore': ofStore,
  'helm.toolkit.fluxcd.io/HelmRelease': ofRelease,
  'postgresql.cnpg.io/ScheduledBackup': () => [backup],
  'barmancloud.cnpg.io/ObjectStore': () => [backup],
};

/** Asked for each object that goes. */
const externalSecretsOf = memoize((cluster: Cluster) => byResource(externalSecrets(cluster)));
const pushSecretsOf = memoize((cluster: Cluster) => byResource(pushSecrets(cluster)));
const vaultOf = memoize(({ vault }: Cluster) => groupBy(vault, ({ resource }) => resource));

function byResource(all: Iterable<Asked>): ReadonlyMap<Resource, Asked> {
  return new Map([...all].map((asked) => [asked.resource, asked]));
}

const backup = effect('other', 'high', 'means that backups through it are no longer taken');

export function lossOf(resource: Resource, context: Context): Happening[] {
  const kind = `${resource.group}/${resource.kind}`;
  const found = Object.hasOwn(losses, kind) ? (losses[kind]?.(resource, context) ?? []) : [];
  if (resource.chart === undefined) return found;
  return found.map((loss) => ({ ...loss, todo: (loss.todo ?? []).map((one) => one.replace(keep, keepByHelm)) }));
}

/** The same, and with a release the data of what its chart has made. */
export function lossWith(resource: Resource, context: Context): Happening[] {
  const contents = context.base?.cluster.charts.get(resource);
  const made = contents?.type === 'opened' ? contents.objects : [];
  const gone = made.filter(({ value, chart }) => chart !== undefined && outlives(value, chart) === undefined);
  return [
    ...lossOf(resource, context),
    ...gone.flatMap((object) =>
      lossOf(object, context)
        .filter(({ kind }) => kind === 'data')
        .map((loss) => ({ ...loss, message: `takes ${describe(object)} along, which ${loss.message}` })),
    ),
  ];
}

function sizeOf({ value }: Resource): string {
  const size = textAt(value, 'spec', 'storage', 'size');
  const instances = at(value, 'spec', 'instances');
  return `${count(typeof instances === 'number' ? instances : 1, 'instance')}${size === undefined ? '' : ` of ${size}`}`;
}

/** Pods that run keep what they have read, and new ones do not start without it. */
function ofContent(
  { kind, namespace, name }: Pick<Resource, 'kind' | 'namespace' | 'name'>,
  { head }: Context,
): Happening[] {
  if (head !== undefined && head.cluster.secrets.lookup(kind as SecretKind, namespace, name).state === 'found')
    return [];
  const readers = readerNames(head?.cluster, kind as SecretKind, namespace, name);
  if (readers.length === 0) return [];
  return [
    effect(
      'blocked',
      'high',
      `is still read by ${listed(readers, 4)}: what starts later fails without it`,
      'Keep it, or stop reading it in the same change.',
    ),
  ];
}

/** CloudNativePG's own Secrets of a database go with it. */
function ofMadeSecrets(resource: Resource, context: Context): Happening[] {
  const made = context.base?.cluster.secrets.producersOf(resource) ?? [];
  return made.flatMap(({ kind, namespace, name }) =>
    ofContent({ kind, namespace, name }, context).map((loss) => ({
      ...loss,
      message: `deletes ${kind} ${namespace}/${name}, which ${loss.message}`,
    })),
  );
}

/** The Secret goes with the ExternalSecret that owns it (creationPolicy Owner sets an owner reference). */
function ofExternalSecret(resource: Resource, { base, head }: Context): Happening[] {
  if (base === undefined) return [];
  const asked = externalSecretsOf(base.cluster).get(resource);
  if (asked === undefined || creationPolicy(asked.spec) !== 'Owner') return [];
  const name = targetOf(asked);
  if (name === undefined) return [];
  const readers = readerNames(head?.cluster, 'Secret', resource.namespace, name);
  const read = readers.length === 0 ? '' : `; ${listed(readers, 4)} ${readers.length === 1 ? 'reads' : 'read'} it`;
  const generated = generatedKeys(base.cluster, asked);
  const secret = `deletes Secret ${resource.namespace}/${name}, which it owns`;
  return [
    generated.size > 0
      ? effect(
          'password',
          'critical',
          `${secret}: the generated ${listedCode(generated.keys())} is lost for good${read}`,
          'Before the merge, save the value if it is needed later, such as in Vault with a PushSecret.',
        )
      : effect('deleted', readers.length > 0 ? 'high' : 'medium', `${secret}${read}`),
  ];
}

/** What an object stands for in PostgreSQL. With its Cluster it goes anyway, which is said of that. */
function ofReclaimed(what: string, policy: string): LossOf {
  return (resource, context) => {
    if (goesWithCluster(resource, context)) return [];
    const { value } = resource;
    const name = `the ${what} \`${textAt(value, 'spec', 'name') ?? '?'}\``;
    if (textAt(value, 'spec', policy) !== 'delete')
      return [effect('orphaned', 'low', `leaves ${name} in PostgreSQL: its ${policy} is retain`)];
    const isData = what === 'database';
    return [
      effect(
        'data',
        isData ? 'critical' : 'high',
        `drops ${name}: its ${policy} is delete`,
        `${isData ? 'Take a dump of it' : 'Check that nobody needs it'}, or set \`${policy}: retain\` in a commit of its own before this one.`,
      ),
    ];
  };
}

/** Whether the database cluster that an object of CloudNativePG names is deleted, too. */
export function goesWithCluster({ value, namespace }: Resource, context: Context): boolean {
  const name = textAt(value, 'spec', 'cluster', 'name') ?? '';
  const [before, after] = [context.base, context.head].map(
    (side) => side?.cluster.find({ group: cnpgGroup, kind: 'Cluster', namespace, name })[0],
  );
  return before !== undefined && after === undefined && pruningOf(before, context).end === 'deleted';
}

function ofPushSecret(resource: Resource, { base }: Context): Happening[] {
  if (base === undefined) return [];
  const asked = pushSecretsOf(base.cluster).get(resource);
  if (asked === undefined || !deletesPushed(asked.spec)) return [];
  const paths = new Set((vaultOf(base.cluster).get(resource) ?? []).map((access) => `\`${dataPath(access)}\``));
  return [
    effect(
      'data',
      'critical',
      `deletes what it has pushed to ${paths.size === 0 ? 'its store' : listed(paths, 4)}: its deletionPolicy is Delete`,
    ),
  ];
}

function ofStore(store: Resource, { head }: Context): Happening[] {
  const users = usersOfStore(store, head).map(describe);
  if (users.length === 0) return [];
  return [
    effect(
      'blocked',
      'high',
      `leaves ${listed(users, 4)} without a store: ${users.length === 1 ? 'it fails' : 'they fail'}; existing Secrets stay, but are no longer updated`,
      'Keep it, or give what uses it another store in the same change.',
    ),
  ];
}

function ofRelease(release: Resource, { base }: Context): Happening[] {
  if (at(release.value, 'spec', 'suspend') === true)
    return [effect('orphaned', 'medium', 'is suspended when it is deleted: what the chart has installed stays')];
  const contents = base?.cluster.charts.get(release);
  if (contents?.type !== 'opened') {
    const message = 'is uninstalled: everything that its chart has installed is deleted, except what the chart keeps';
    return [effect('deleted', 'high', message), ...definitionsOf(release, base)];
  }
  const kept = contents.objects.filter(({ value, chart }) => chart !== undefined && outlives(value, chart));
  const stays = kept.length === 0 ? '' : `, except ${listed(kept.map(describe), 4)}`;
  const gone = contents.objects.length - kept.length;
  return [
    effect(
      'deleted',
      'high',
      `is uninstalled, and ${gone === 0 ? 'nothing' : count(gone, 'object')} of its chart with it${stays}`,
    ),
  ];
}

/**
 * What goes with a release that installs definitions of kinds: Helm keeps those of a chart's `crds` folder, and those of its templates
 * only where the chart says so, which External Secrets' does not (https://helm.sh/docs/chart_best_practices/custom_resource_definitions/).
 */
function definitionsOf(release: Resource, base: Side | undefined): Happening[] {
  const groups = new Set(base === undefined ? [] : groupsInstalledBy(release, base.cluster));
  const objects = (base?.cluster.resources ?? []).filter(({ group }) => groups.has(group)).map(describe);
  if (objects.length === 0) return [];
  const { name, storage } = releaseOf(release);
  return [
    effect(
      'data',
      'critical',
      `may delete the definitions of its kinds, and with them every object of ${listed(groups, 4)} in the cluster, such as ${listed(objects, 4)}`,
      `Before the merge, check that the chart keeps them: \`helm -n ${storage} get manifest ${name}\` has to show \`helm.sh/resource-policy: keep\` on each CustomResourceDefinition. Otherwise, set that in its values, in a commit of its own before this one.`,
    ),
  ];
}
