import { describe, identityKey, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { type Claim, claimsOf } from '../../systems/references/claims';
import { isKnown } from '../../text/symbolic';
import type { ClusterCheck } from '../check';

export const twoClaims: ClusterCheck = {
  id: 'references/two-claims',
  severity: 'error',
  title: 'Two objects that claim what only one can have',
  atRunTime: "the second is refused or never works, or the two undo each other's work again and again",
  remedy: 'keep one of the objects, or give each a name, port, place or target of its own',
  source:
    'kubernetes 1.36 pkg/controller/podautoscaler/horizontal.go, and the files that lib/systems/references/claims.ts names',
  *check(cluster) {
    const first = new Map<string, { readonly resource: Resource; readonly claim: Claim }>();
    for (const resource of cluster.resources) {
      if (resource.uncertain) continue;
      for (const claim of claimsOf(resource)) {
        const other = first.get(claim.what);
        if (other === undefined) {
          if (isKnown(claim.what)) first.set(claim.what, { resource, claim });
        } else if (identityKey(other.resource) !== identityKey(resource)) {
          // One object that two Kustomizations apply is told otherwise.
          yield {
            at: { resource, path: claim.path },
            message: `${describe(resource)} and ${describe(other.resource)} both claim ${claim.what}: ${claim.fails}`,
            chain: [step(resource), claim.what, step(other.resource)],
          };
        }
      }
    }
  },
};
