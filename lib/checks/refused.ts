import type { JsonObject } from '../json/json';
import * as certManager from '../systems/cert-manager/admission';
import * as cnpg from '../systems/cnpg/admission';
import { group as cnpgGroup } from '../systems/cnpg/names';
import * as externalSecrets from '../systems/external-secrets/admission';
import { externalSecretsGroup } from '../systems/external-secrets/spec';
import type { Fault } from '../systems/fault';
import * as kubernetes from '../systems/kubernetes/admission';
import type { ClusterCheck } from './check';
import { knownFaultless } from './known-faultless';
import { refusedFields } from './refused-fields';

const remedy = 'write a value that the message allows';

/** Rules about what a system refuses in an object, of which `faultsOf` of its admission knows. */
export const refused: readonly ClusterCheck[] = [
  {
    id: 'workload/refused',
    severity: 'error',
    title: 'Object that the API server refuses beyond its schema',
    atRunTime:
      'the API server refuses the object ("… is invalid"), and Flux applies nothing of the whole Kustomization',
    remedy,
    fixes: 'take the 0 for the seconds from the schedule of a CronJob',
    source: 'kubernetes 1.36 pkg/apis/*/validation',
    *check(cluster, graph) {
      const faultless = knownFaultless(graph)(cluster);
      for (const resource of cluster.resources)
        if (!resource.uncertain && !faultless.has(resource))
          yield* refusedFields(resource, kubernetes.faultsOf(resource.value), cluster, graph);
    },
  },
  byWebhook('cnpg', cnpgGroup, cnpg, {
    title: "Object that CloudNativePG's webhook refuses",
    source: 'cloudnative-pg 1.30 internal/webhook/v1',
  }),
  byWebhook('eso', externalSecretsGroup, externalSecrets, {
    title: "Object that External Secrets' webhook refuses",
    source: 'external-secrets 2.9 apis/externalsecrets/v1/*_validator.go, providers/v1/*/ (ValidateStore)',
  }),
  byWebhook('certmanager', certManager.group, certManager, {
    title: "Object that cert-manager's webhook refuses",
    source: 'cert-manager 1.21 internal/apis/certmanager/validation',
  }),
];

interface Admission {
  readonly judgedKinds: readonly string[];
  faultsOf(object: JsonObject): Iterable<Fault>;
}

function byWebhook(
  system: string,
  group: string,
  { judgedKinds, faultsOf }: Admission,
  texts: Pick<ClusterCheck, 'title' | 'source'>,
): ClusterCheck {
  return {
    id: `${system}/refused`,
    severity: 'error',
    atRunTime:
      'the webhook denies the request ("admission webhook … denied the request"), and Flux applies nothing of the whole Kustomization',
    remedy,
    ...texts,
    *check(cluster, graph) {
      for (const kind of judgedKinds)
        for (const resource of cluster.ofKind(group, kind))
          if (!resource.uncertain) yield* refusedFields(resource, faultsOf(resource.value), cluster, graph);
    },
  };
}
