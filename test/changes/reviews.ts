import type { Change, ClusterReview, Effect, FieldChange, Review } from '../../lib/changes/review';
import { unused, withChain } from '../report/results';

const nothing = { images: [], blast: [], changes: [], effects: [] };

/** A review of one cluster, its effects those of its changes and others. */
export function reviewOf(cluster: Partial<ClusterReview>, review: Partial<Review> = {}): Review {
  const { danger = 'low' } = cluster;
  const own = (cluster.changes ?? []).flatMap(({ effects }) => effects);
  return {
    base: 'merge base with origin/main (4f2c1d0)',
    head: 'the work tree',
    danger,
    clusters: [
      { name: 'soyo', type: 'changed', danger, ...nothing, ...cluster, effects: [...(cluster.effects ?? []), ...own] },
    ],
    found: [],
    mended: [],
    noLongerReported: [],
    unknown: [],
    ...review,
  };
}

/** An object that changed, of one Kustomization, in a file named after its kind. */
export function changeOf(object: string, kustomization: string, more: Partial<Change> = {}): Change {
  const [kind = '', full = ''] = object.split(' ');
  const [namespace = '', name = ''] = full.split('/');
  const at = { file: `dist/kubernetes/apps/${kustomization}/app/${name}-${kind.toLowerCase()}.yaml`, kustomization };
  const type = more.type ?? 'changed';
  return {
    type,
    object,
    kind,
    namespace,
    name,
    before: type === 'created' ? undefined : at,
    after: type === 'deleted' ? undefined : at,
    fields: [],
    effects: [],
    ...more,
  };
}

export function effectOf(
  kind: Effect['kind'],
  danger: Effect['danger'],
  object: string,
  message: string,
  more: Partial<Effect> = {},
): Effect {
  return { kind, danger, object, message, chain: [], todo: [], ...more };
}

export function changed(path: string, before: string, after: string): FieldChange {
  return { path, type: 'changed', before, after };
}

export const nothingChanges: Review = {
  base: 'main (4f2c1d0)',
  head: 'the work tree',
  danger: 'none',
  clusters: [],
  found: [],
  mended: [],
  noLongerReported: [],
  unknown: [],
};

/** The image of one Deployment. */
export const small: Review = reviewOf({
  danger: 'medium',
  images: [
    {
      object: 'Deployment backstage/backstage',
      what: 'backstage',
      before: 'ghcr.io/webgrip/backstage:1.4.1',
      after: 'ghcr.io/webgrip/backstage:1.4.2',
    },
  ],
  blast: [{ kustomization: 'backstage/backstage', changes: 1, dependents: [], readers: [] }],
  changes: [
    changeOf('Deployment backstage/backstage', 'backstage/backstage', {
      fields: [
        changed(
          'spec.template.spec.containers[backstage].image',
          'ghcr.io/webgrip/backstage:1.4.1',
          'ghcr.io/webgrip/backstage:1.4.2',
        ),
      ],
      effects: [effectOf('restart', 'medium', 'Deployment backstage/backstage', 'replaces its 2 pods one by one')],
    }),
  ],
});

const db = 'Cluster backstage/backstage-db';
const app = 'Deployment backstage/backstage';

/** Every kind of effect, every type of change, every part of a review. */
export const medium: Review = reviewOf(
  {
    danger: 'critical',
    images: [
      {
        object: app,
        what: 'backstage',
        before: 'ghcr.io/webgrip/backstage:1.4.1',
        after: 'ghcr.io/webgrip/backstage:1.5.0',
      },
      {
        object: 'CronJob backstage/reindex',
        what: 'reindex',
        before: 'ghcr.io/webgrip/backstage:1.4.1',
        after: 'ghcr.io/webgrip/backstage:1.5.0',
      },
      { object: db, what: 'imageName', before: undefined, after: 'ghcr.io/cloudnative-pg/postgresql:17.6' },
      {
        object: 'HelmRelease external-secrets/external-secrets',
        what: 'chart external-secrets',
        before: '0.19.2',
        after: '2.9.0',
      },
      { object: 'Deployment legacy/exporter', what: 'exporter', before: 'quay.io/acme/exporter:3', after: undefined },
    ],
    blast: [
      {
        kustomization: 'external-secrets/external-secrets-stores',
        changes: 1,
        dependents: ['backstage/backstage', 'shop/shop', 'wiki/wiki'],
        readers: [
          'ExternalSecret shop/shop-db reads ClusterSecretStore vault',
          'ExternalSecret wiki/wiki reads ClusterSecretStore vault',
        ],
      },
      {
        kustomization: 'backstage/backstage',
        changes: 5,
        dependents: [],
        readers: ['Deployment shop/shop reads Secret backstage/backstage-secrets'],
      },
      { kustomization: 'legacy/exporter', changes: 2, dependents: [], readers: [] },
    ],
    changes: [
      changeOf('CronJob backstage/reindex', 'backstage/backstage', {
        fields: [
          changed('spec.schedule', '0 3 * * *', '0 4 * * *'),
          { path: 'spec.suspend', type: 'added', after: 'true' },
        ],
        effects: [effectOf('suspended', 'low', 'CronJob backstage/reindex', 'starts no more jobs')],
      }),
      changeOf(db, 'backstage/backstage', {
        fields: [
          changed('spec.storage.size', '20Gi', '10Gi'),
          changed('spec.instances', '3', '1'),
          { path: 'spec.imageName', type: 'added', after: 'ghcr.io/cloudnative-pg/postgresql:17.6' },
        ],
        effects: [
          effectOf('data', 'critical', db, 'loses its replicas, and with them every copy but one', {
            todo: ['Take a backup: `kubectl cnpg backup backstage-db -n backstage`.', 'Merge when it has completed.'],
          }),
          effectOf('refused', 'high', db, 'is refused: `spec.storage.size` cannot shrink from `20Gi` to `10Gi`', {
            todo: ['Leave the size at `20Gi`, or move to a new cluster of `10Gi`.'],
          }),
          effectOf('scale', 'medium', db, 'goes from 3 instances to 1'),
        ],
      }),
      changeOf('ConfigMap backstage/backstage-config', 'backstage/backstage', {
        fields: [
          {
            path: 'data[app-config.yaml]',
            type: 'changed',
            lines: [
              ' app:',
              '-  baseUrl: https://backstage.webgrip.dev',
              '+  baseUrl: https://portal.webgrip.dev',
              '   title: Backstage',
            ],
          },
        ],
      }),
      changeOf('ExternalSecret backstage/backstage-secrets', 'backstage/backstage', {
        type: 'changed',
        fields: [
          {
            path: 'spec.dataFrom[0].extract.key',
            type: 'changed',
            before: 'apps/backstage/app',
            after: 'apps/portal/app',
          },
          { path: 'spec.target.template.data.TOKEN', type: 'removed', before: '(hidden)' },
        ],
        effects: [
          effectOf(
            'vault',
            'medium',
            'ExternalSecret backstage/backstage-secrets',
            'reads `kv/apps/portal/app` instead of `kv/apps/backstage/app`',
            {
              todo: ['Write its keys to `kv/apps/portal/app` before you merge: `GITHUB_TOKEN`, `SESSION_SECRET`.'],
            },
          ),
        ],
      }),
      changeOf('Password backstage/backstage-db-password', 'backstage/backstage', {
        fields: [changed('spec.length', '32', '40')],
        effects: [
          effectOf(
            'password',
            'critical',
            'Secret backstage/backstage-db-secret',
            'gets another password, which PostgreSQL does not know',
            {
              chain: [
                'Password/backstage-db-password',
                'ExternalSecret/backstage-db-secret',
                'Secret/backstage-db-secret key `password`',
              ],
              todo: ['Set the new password in PostgreSQL when the Secret has changed.'],
            },
          ),
        ],
      }),
      changeOf('ClusterSecretStore vault', 'external-secrets/external-secrets-stores', {
        namespace: '',
        name: 'vault',
        type: 'moved',
        before: {
          file: 'dist/kubernetes/apps/external-secrets/external-secrets/app/vault.yaml',
          kustomization: 'external-secrets/external-secrets',
        },
        after: {
          file: 'dist/kubernetes/apps/external-secrets/external-secrets-stores/stores/vault.yaml',
          kustomization: 'external-secrets/external-secrets-stores',
        },
        effects: [
          effectOf(
            'recreated',
            'high',
            'ClusterSecretStore vault',
            'is pruned by external-secrets/external-secrets and created by external-secrets/external-secrets-stores, perhaps in this order',
            {
              todo: [
                'In a first pull request annotate it with `kustomize.toolkit.fluxcd.io/prune: disabled`.',
                'Move it in a second one.',
              ],
            },
          ),
        ],
      }),
      changeOf('HelmRelease external-secrets/external-secrets', 'external-secrets/external-secrets', {
        fields: [changed('spec.chart.spec.version', '0.19.2', '2.9.0')],
        effects: [
          effectOf(
            'upgrade',
            'medium',
            'HelmRelease external-secrets/external-secrets',
            'upgrades chart external-secrets from 0.19.2 to 2.9.0',
            {
              held: 'Kustomization external-secrets/external-secrets is suspended',
            },
          ),
        ],
      }),
      changeOf('Deployment legacy/exporter', 'legacy/exporter', {
        type: 'deleted',
        effects: [effectOf('deleted', 'high', 'Deployment legacy/exporter', 'is pruned by Flux')],
      }),
      changeOf('PersistentVolumeClaim legacy/exporter', 'legacy/exporter', {
        type: 'deleted',
        effects: [
          effectOf(
            'orphaned',
            'low',
            'PersistentVolumeClaim legacy/exporter',
            'stays in the cluster: it is annotated with `kustomize.toolkit.fluxcd.io/prune: disabled`',
          ),
        ],
      }),
      changeOf('Service legacy/exporter', 'legacy/exporter', {
        type: 'deleted',
        effects: [effectOf('deleted', 'high', 'Service legacy/exporter', 'is pruned by Flux')],
      }),
      changeOf('Deployment portal/portal', 'portal/portal', {
        type: 'created',
        fields: [{ path: 'spec.replicas', type: 'added', after: '2' }],
        effects: [
          effectOf(
            'blocked',
            'high',
            'Deployment portal/portal',
            'is not created: Kustomization portal/portal depends on portal/database, which does not exist',
            {
              todo: ['Add Kustomization portal/database, or take it out of `dependsOn`.'],
            },
          ),
        ],
      }),
    ],
    effects: [
      effectOf('restart', 'medium', app, 'restarts: its pods read ConfigMap backstage/backstage-config', {
        chain: [
          'ConfigMap/backstage-config key `app-config.yaml`',
          `Deployment/backstage annotation \`checksum/config\``,
        ],
      }),
      effectOf(
        'restart',
        'medium',
        'StatefulSet backstage/search',
        'restarts: its pods read ConfigMap backstage/backstage-config',
        {
          chain: ['ConfigMap/backstage-config key `app-config.yaml`', 'StatefulSet/search volume `config`'],
        },
      ),
      effectOf('stale', 'medium', 'Deployment shop/shop', 'goes on with the old password until it restarts', {
        chain: ['Secret/backstage-secrets key `TOKEN`', 'Deployment/shop env `TOKEN`'],
        todo: ['Restart it: `kubectl rollout restart deployment/shop -n shop`.'],
      }),
      effectOf('other', 'low', 'Namespace legacy', 'is empty'),
    ],
  },
  {
    found: [withChain],
    mended: [unused],
    unknown: ['What HelmRelease external-secrets/external-secrets makes is not known.'],
  },
);

/** The same small change in three clusters, and one that is new. */
export const several: Review = {
  ...small,
  clusters: [
    ...['prod', 'staging', 'test', 'lab'].map((name) => ({ ...(small.clusters[0] as ClusterReview), name })),
    {
      name: 'edge',
      type: 'created',
      danger: 'low',
      ...nothing,
      changes: [changeOf('ConfigMap shop/shop', 'shop/shop', { type: 'created' })],
    },
  ],
};

/**
 * So many objects in 40 Kustomizations: a new image everywhere, restarts told in the same words and in others, things deleted and
 * passwords that a person has to set.
 */
export function huge(objects: number): Review {
  const image = { before: 'ghcr.io/acme/app:1.0.0', after: 'ghcr.io/acme/app:1.1.0' };
  const changes = Array.from({ length: objects }, (_, i): Change => {
    const app = `app-${i % 40}`;
    const name = `${app}-${Math.floor(i / 40)}`;
    if (i % 10 === 0) {
      const object = `Service ${app}/${name}`;
      return changeOf(object, `${app}/${app}`, {
        type: 'deleted',
        effects: [effectOf('deleted', 'high', object, 'is pruned by Flux')],
      });
    }
    if (i % 10 === 1) {
      const object = `ConfigMap ${app}/${name}`;
      return changeOf(object, `${app}/${app}`, {
        type: 'created',
        fields: [{ path: 'data.A', type: 'added', after: 'one\ntwo\nthree' }],
      });
    }
    if (i % 30 === 2) {
      const object = `ExternalSecret ${app}/${name}`;
      const secret = `Secret ${app}/${name}`;
      const effect = effectOf('password', 'critical', secret, `gets another password: \`${name}\` does not know it`, {
        chain: [`ExternalSecret/${name}`, `Secret/${name} key \`password\``],
        todo: [`Set the password of \`${name}\`.`],
      });
      return changeOf(object, `${app}/${app}`, {
        fields: [changed('spec.refreshInterval', '0', '1h')],
        effects: [effect],
      });
    }
    const object = `Deployment ${app}/${name}`;
    const why = i % 2 === 0 ? 'restarts: another image' : `restarts: its pods read ConfigMap ${app}/${name}`;
    return changeOf(object, `${app}/${app}`, {
      fields: [
        changed('spec.template.spec.containers[app].image', image.before, image.after),
        changed('metadata.labels[app.kubernetes.io/version]', '1.0.0', '1.1.0'),
      ],
      effects: [effectOf('restart', 'medium', object, why)],
    });
  }).sort((a, b) => Number(a.namespace.slice(4)) - Number(b.namespace.slice(4)));
  const deployments = changes.filter(({ kind }) => kind === 'Deployment');
  return reviewOf({
    danger: 'critical',
    changes,
    images: deployments.map(({ object }) => ({ object, what: 'app', ...image })),
    blast: Array.from({ length: 40 }, (_, i) => ({
      kustomization: `app-${i}/app-${i}`,
      changes: Math.floor(objects / 40),
      dependents: i === 0 ? Array.from({ length: 39 }, (_, j) => `app-${j + 1}/app-${j + 1}`) : [],
      readers: [],
    })),
  });
}
