import { isKnown } from '../../graph/substitution';
import type { ClusterCheck } from '../check';
import { group } from './database';

export const clusterName: ClusterCheck = {
  id: 'cnpg/cluster-name',
  severity: 'error',
  title: 'Name that CloudNativePG refuses for a Cluster',
  atRunTime: 'the webhook refuses it ("cluster name must be a valid DNS label"), and with it the whole Kustomization',
  remedy: 'use at most 50 lower-case letters, digits and "-", beginning with a letter: Services are named after it',
  source: 'cloudnative-pg internal/webhook/v1/cluster_webhook.go (validateName)',
  *check(cluster) {
    for (const resource of cluster.ofKind(group, 'Cluster')) {
      const { name } = resource;
      if (!isKnown(name) || (name.length <= 50 && /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(name))) continue;
      const fault =
        name.length > 50
          ? `has ${name.length} characters, at most 50 are allowed`
          : 'is no DNS label: lower-case letters, digits and "-", a letter first';
      yield { at: { resource, path: ['metadata', 'name'] }, message: `"${name}" ${fault}` };
    }
  },
};
