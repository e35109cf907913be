import type { Cluster } from '../../graph/cluster';
import { describe } from '../../graph/identity';
import { Neighbours } from '../../graph/secrets/neighbours';
import { isKnown } from '../../graph/substitution';
import { at, listAt, textAt } from '../../json/read';
import type { ClusterCheck, Problem } from '../check';
import { respelled, secretsWritten } from '../meant';
import { missingUnless } from '../unless';

/** Looked for in the Kustomization's own namespace only. */
export const missingObject: ClusterCheck = {
  id: 'substitution/missing-object',
  severity: 'error',
  title: 'ConfigMap or Secret of variables that does not exist',
  atRunTime: 'the build fails with "not found", and nothing of the whole Kustomization is applied',
  remedy:
    "create it in the Kustomization's namespace, or set optional: true; if Terraform or a person creates it, list it under `external` in the configuration",
  fixes: 'write the one name that is a slip away',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  *check(cluster: Cluster): Iterable<Problem> {
    const neighbours = new Neighbours(cluster);
    for (const kustomization of cluster.kustomizations) {
      const { namespace, resource, spec } = kustomization;
      for (const [i, from] of listAt(spec, 'postBuild', 'substituteFrom').entries()) {
        const [kind, name] = [textAt(from, 'kind'), textAt(from, 'name')];
        if ((kind !== 'Secret' && kind !== 'ConfigMap') || name === undefined || !isKnown(name)) continue;
        const found = cluster.secrets.lookup(kind, namespace, name);
        const unless = at(from, 'optional') === true ? undefined : missingUnless(found, { kind, namespace, name });
        if (unless === undefined) continue;
        const object = { kind, namespace, name } as const;
        const near = neighbours.near(object);
        const meant = near === undefined ? neighbours.elsewhere(object) : `did you mean ${near}?`;
        const who = describe(resource);
        const creates = `nothing creates ${kind} ${namespace}/${name}, from which`;
        const path = ['spec', 'postBuild', 'substituteFrom', i, 'name'];
        const made = cluster.secrets.producers.filter((one) => one.kind === kind);
        yield {
          at: { resource, path },
          ...respelled(path, name, secretsWritten(made, namespace)),
          message: `${creates} ${who} takes variables${meant === undefined ? '' : `; ${meant}`}`,
          // What Terraform, or a person, makes with the cluster is not seen here: without a sign of a slip it may be that.
          ...(meant === undefined && {
            severity: 'warning' as const,
            together: {
              key: `${cluster.name} ${kind} ${namespace}/${name}`,
              message: (count) => `${creates} ${count} Kustomizations take variables`,
            },
          }),
          ...unless,
        };
      }
    }
  },
};
