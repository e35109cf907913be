import type { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { dnsLabel, dnsSubdomain, statefulSetName } from '../../systems/kubernetes/names';
import { quantity } from '../../systems/kubernetes/quantity';
import { optionalFormat, requireFormat, requireObject } from '../formats';
import type { HttpRoute } from '../gateway';
import { refuse } from '../input-error';
import { merge } from '../merge';
import { refuseUnknown } from '../refuse-unknown';
import { clusterOf } from '../scopes';
import type { ServicePort } from '../service-handle';
import { type SpecOf, specJson } from '../spec';
import {
  addDisruptionBudget,
  addressOf,
  containerPorts,
  type DisruptionProps,
  type ExposureProps,
  expose,
  portOf,
  type ServiceSettings,
  serviceOf,
  type WorkloadAddress,
} from './exposure';
import { containerPath, volumeName } from './mounts';
import { type ProbeSpec, type Probes, probesOfPort } from './probes';
import { reloaded, replicasOf, Workload, type WorkloadProps } from './workload';

/** A volume of each pod. */
export interface VolumeClaim {
  /** How big it is. Kubernetes refuses every later change of it here. */
  readonly size: string;
  /** @default the cluster's default */
  readonly storageClass?: string;
  /** Its name, and the beginning of those of the claims. @default the path, `/var/lib/shop` is `var-lib-shop` */
  readonly name?: string;
  /** Labels of the claim. Kubernetes refuses every later change of them here. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Any other field of the claim's spec. @default ReadWriteOnce */
  readonly spec?: SpecOf<kplus.k8s.PersistentVolumeClaimSpec>;
}

export interface StatefulServiceProps extends WorkloadProps, ExposureProps, DisruptionProps {
  /** The volumes of each pod, by the path at which it finds them. */
  readonly volumes: Readonly<Record<string, VolumeClaim>>;
  /** Id of the user and group that it runs as, whom the volumes then belong to; null for the image's own. */
  readonly user: number | null;
  /** The Service by which its pods are reached one by one. @default `<name>-headless`, with the ports of the container */
  readonly headlessService?: Omit<ServiceSettings, 'port'>;
  /** How many pods run; null where something else decides. @default 1 */
  readonly replicas?: number | null;
  /** As of a WebService. */
  readonly probes?: Probes<string | ProbeSpec> | null;
  /** Any field of the StatefulSet's spec; null takes a default away. @default none */
  readonly spec?: SpecOf<kplus.k8s.StatefulSetSpec>;
}

/**
 * A program that keeps data: a StatefulSet with volumes for each pod, a headless Service by which pods are reached one by one, and
 * everything that a WebService has.
 *
 * Its volumes stay when it leaves the tree, or has fewer replicas: whoever wants them gone deletes their claims.
 *
 * @example
 * new StatefulService(shop.directory, 'search', {
 *   image: 'ghcr.io/acme/search:2.1.0',
 *   port: 9200,
 *   user: 1000,
 *   volumes: { '/var/lib/search': { size: '20Gi' } },
 *   resources: { requests: { cpu: '200m', memory: '1Gi' }, limits: { memory: '1Gi' } },
 * });
 */
export class StatefulService extends Workload<kplus.StatefulSet> {
  /** The Service of cdk8s-plus; undefined for `service: null`. */
  readonly service: kplus.Service | undefined;
  /** The way from outside; undefined without a host. */
  readonly route: HttpRoute | undefined;
  /** The L1 of its PodDisruptionBudget, if it has one. */
  readonly disruptionBudget: ApiObject | undefined;

  constructor(scope: Construct, id: string, props: StatefulServiceProps) {
    super(scope, id, props, (self) => {
      refuseUnknown(self, StatefulService, props);
      requireFormat(self, 'name', (self as StatefulService).name, statefulSetName);
      if (props.user === undefined) {
        const allowed = "the number of the user whom its volumes belong to; null for the image's own";
        refuse(self, { field: 'user', value: undefined, allowed, example: 'user: 1000' });
      }
      const { templates, volumeMounts } = claims(self, props);
      const replicas = replicasOf(self, props.replicas);
      const spec = {
        ...(replicas === undefined && { replicas: null }),
        ...(templates.length > 0 && { volumeClaimTemplates: templates }),
        ...(clusterOf(self).defaults && {
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        }),
      };
      return {
        make: (scope, common) =>
          new kplus.StatefulSet(scope, 'StatefulSet', {
            ...common,
            ...(replicas !== undefined && { replicas }),
            service: headless(self as StatefulService, props),
          }),
        ports: containerPorts(self, props),
        probes: probesOfPort(self, props, clusterOf(self).defaults),
        spec: [spec, specJson(self, props.spec)],
        volumeMounts,
        annotations: reloaded(self),
      };
    });
    const { service, route } = expose(this, props);
    this.service = service;
    this.route = route;
    this.disruptionBudget = addDisruptionBudget(this, replicasOf(this, props.replicas), props);
  }

  /** The Service by which its pods are reached one by one. */
  get headlessService(): kplus.Service {
    return this.node.findChild('Headless') as kplus.Service;
  }

  /** A port of its Service, by its name. @default http @throws EspalierError where it has no Service, or none of that name */
  port(name?: string): ServicePort {
    return portOf(this, this.service, name);
  }

  /** Where it is reached in the cluster. @throws EspalierError where it has no Service */
  get address(): WorkloadAddress {
    return addressOf(this, this.service);
  }
}

/** Its ports are the container's: nothing stands between a client and the pod. */
function headless(self: Workload, props: StatefulServiceProps): kplus.Service {
  // cdk8s-plus adds the label that it had at first.
  const own = { clusterIp: 'None', selector: { [kplus.Pod.ADDRESS_LABEL]: null } };
  const { name = `${self.name}-headless`, spec, ...given } = props.headlessService ?? {};
  const all = merge<JsonObject>(own, specJson(self, spec));
  return serviceOf(self, 'Headless', props, { ...given, name, port: props.port, spec: all });
}

function claims(self: Construct, { volumes }: StatefulServiceProps) {
  requireObject(self, 'volumes', volumes, {
    allowed: 'the volumes of each pod, by path',
    example: "{ '/var/lib/shop': { size: '10Gi' } }",
  });
  const names = new Set<string>();
  const all = Object.entries(volumes).map(([path, claim]) => {
    requireFormat(self, 'volumes: a path', path, containerPath);
    const field = `volumes["${path}"]`;
    requireObject(self, field, claim, { allowed: 'how big the volume is', example: "{ size: '10Gi' }" });
    const name = requireFormat(self, `${field}.name`, claim.name ?? volumeName(path), dnsLabel);
    if (names.has(name)) {
      refuse(self, { field: `${field}.name`, value: name, allowed: 'a name of its own', example: `"${name}-2"` });
    }
    names.add(name);
    const storage = requireFormat(self, `${field}.size`, claim.size, quantity);
    const storageClassName = optionalFormat(self, `${field}.storageClass`, claim.storageClass, dnsSubdomain);
    const own = {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage } },
      ...(storageClassName !== undefined && { storageClassName }),
    };
    const metadata = { name, ...(claim.labels && { labels: { ...claim.labels } }) };
    return { name, path, metadata, spec: merge<JsonObject>(own, specJson(self, claim.spec)) };
  });
  return {
    templates: all.map(({ metadata, spec }) => ({ metadata, spec })),
    volumeMounts: all.map(({ name, path }) => ({ name, mountPath: path })),
  };
}
