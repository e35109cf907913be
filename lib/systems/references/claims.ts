import type { Json, Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { groupKind } from '../api-version';
import { archiveOf } from '../cnpg/archive';
import { serviceName, services, servicesMade } from '../cnpg/made';
import { group as cnpg } from '../cnpg/names';
import type { KubernetesObject } from '../secrets-made/made';

/** Something that one object alone can have. */
export interface Claim {
  /** "node port 30080/TCP": the same text is the same thing. */
  readonly what: string;
  /** Where it is said. */
  readonly path: Path;
  /** What goes wrong where two have it, with the system's own words. */
  readonly fails: string;
}

type Claims = (object: KubernetesObject) => readonly Claim[];

const byKind: Readonly<Record<string, Claims>> = {
  // (kubernetes 1.36 pkg/controller/podautoscaler/horizontal.go; keda 2.18 apis/keda/v1alpha1/scaledobject_webhook.go)
  'autoscaling/HorizontalPodAutoscaler': (object) =>
    scaled(object, 'none of them scales it ("AmbiguousSelector"), or each undoes what the other does'),
  'keda.sh/ScaledObject': (object) => scaled(object, 'KEDA refuses the second ("… is already managed by …")'),

  // (kubernetes 1.36 pkg/registry/core/pod/storage/eviction.go)
  'policy/PodDisruptionBudget': ({ value, namespace }) => {
    const selector = objectAt(value, 'spec', 'selector');
    if (selector === undefined || JSON.stringify(selector).length < '{"matchLabels":{}}'.length) return [];
    const fails = 'no pod is evicted, and no node is drained ("This pod has more than one PodDisruptionBudget")';
    return [{ what: `the pods of namespace ${namespace} with ${sorted(selector)}`, path: ['spec', 'selector'], fails }];
  },

  // (kubernetes 1.36 pkg/registry/core/service/portallocator, ipallocator)
  '/Service': ({ value, namespace, name }) => {
    const fails =
      'the API server refuses the second ("provided port is already allocated"), and its Kustomization or release fails';
    const ports = listAt(value, 'spec', 'ports').flatMap((port, i) => {
      const number = at(port, 'nodePort');
      if (typeof number !== 'number' || number === 0 || textAt(value, 'spec', 'type') === 'ClusterIP') return [];
      return [
        {
          what: `node port ${number}/${textAt(port, 'protocol') ?? 'TCP'}`,
          path: ['spec', 'ports', i, 'nodePort'],
          fails,
        },
      ];
    });
    return [...ports, serviceOf(namespace, name)];
  },

  // (cert-manager 1.19 internal/controller/certificates/policies: IncorrectCertificate)
  'cert-manager.io/Certificate': ({ value, namespace }) =>
    named(
      value,
      ['spec', 'secretName'],
      (name) => `the certificate in Secret ${namespace}/${name}`,
      'cert-manager issues each anew ("you might have two conflicting Certificates pointing to the same secret")',
    ),

  // (kubernetes 1.36 pkg/controller/volume/persistentvolume/pv_controller.go)
  '/PersistentVolumeClaim': ({ value }) =>
    named(
      value,
      ['spec', 'volumeName'],
      (name) => `PersistentVolume ${name}`,
      'one of them stays Pending ("volume … already bound to a different claim")',
    ),

  // (cloudnative-pg 1.30 internal/controller/cluster_create.go: serviceReconciler, also of those that are disabled)
  [`${cnpg}/Cluster`]: ({ value, namespace, name }) => {
    const names = new Set([...services.map((service) => serviceName(name, service)), ...servicesMade(value)]);
    const made = [...names].map((service) => serviceOf(namespace, service));
    const archive = archiveOf(value);
    if (archive === undefined) return made;
    const { store, server, path } = archive;
    const where = 'name' in store ? `ObjectStore ${namespace}/${store.name}` : store.address;
    const full = 'the second archives nothing, and its volumes fill up ("Expected empty archive")';
    return [...made, { what: `archive ${server} of ${where}`, path, fails: full }];
  },
};

/** Two Services of one name are one object, which is told otherwise: the other is that of a database. */
function serviceOf(namespace: string, name: string): Claim {
  const fails =
    'CloudNativePG does nothing more for its Cluster ("refusing to reconcile service: …, not owned by the cluster")';
  return { what: `Service ${namespace}/${name}`, path: ['metadata', 'name'], fails };
}

/** What an object alone can have. */
export function claimsOf(object: KubernetesObject): readonly Claim[] {
  return byKind[groupKind(object)]?.(object) ?? [];
}

function scaled({ value, namespace }: KubernetesObject, fails: string): Claim[] {
  const kind = textAt(value, 'spec', 'scaleTargetRef', 'kind') ?? 'Deployment';
  return named(
    value,
    ['spec', 'scaleTargetRef', 'name'],
    (name) => `the number of pods of ${kind} ${namespace}/${name}`,
    fails,
  );
}

function named(value: Json, path: Path, what: (name: string) => string, fails: string): Claim[] {
  const name = textAt(value, ...path);
  return name === undefined || name === '' ? [] : [{ what: what(name), path, fails }];
}

function sorted(value: Json): string {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ).replace(/["{}]/g, '');
}
