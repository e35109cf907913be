import { inline } from '../../graph/masking/printable';
import { display } from '../../graph/substitution';
import { groupBy } from '../../text/group-by';
import { enumerated, few } from '../../text/listed';
import type { ClusterRequirements } from './json';

/**
 * Policies of several clusters that are one in Vault: what is written for one cluster is lost when the other's is. Of a Vault whose
 * address means something within a cluster only, each cluster has its own.
 *
 * @returns sentences, one for each such policy
 */
export function sharedPolicies(all: readonly ClusterRequirements[]): string[] {
  const external = all.filter(({ requirements }) => !requirements.isInCluster);
  const groups = groupBy(external, ({ requirements: { policy, login } }) =>
    [login.server.replace(/\/+$/, ''), login.authNamespace, policy].join('\n'),
  );
  return [...groups.values()].flatMap((same) => {
    const [{ requirements }] = same;
    const clusters = [...new Set(same.map(({ cluster }) => cluster))];
    if (clusters.length < 2) return [];
    const { policy, login } = requirements;
    return inline(
      `The policy ${policy} of ${enumerated(few(clusters, 4))} is one at ${display(login.server)}: each writes over the other's. ${remedy(login.method)}`,
    );
  });
}

function remedy(method: string | undefined): string {
  return method === 'kubernetes'
    ? 'Mount the auth method once for each cluster (auth.kubernetes.mountPath), which the policy is then called after.'
    : 'Give the stores names of their own, or put both into one policy by hand.';
}
