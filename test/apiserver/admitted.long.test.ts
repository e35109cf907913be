import type { JsonObject } from '../../lib/json/json';
import { isJsonObject, type Json } from '../../lib/json/json';
import { groupVersion } from '../../lib/systems/api-version';
import { admitted } from '../../lib/systems/kubernetes/admitted';
import { temporaryFolder } from '../repository';
import { ApiServer, assets } from './apiserver';
import { validObjects } from './valid-objects';

const temporary = temporaryFolder();
const bin = assets();
if (bin === undefined) console.warn('skipped, since KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver');

/** What is allocated, counted or written by controllers, which no file tells; and sources of volumes that few have. */
const others = new RegExp(
  [
    String.raw`^\S+ metadata\.(?:uid|creationTimestamp|generation|managedFields|finalizers)`,
    String.raw`^\S+ status`,
    String.raw`^Service spec\.(?:clusterIPs?|ipFamil|externalTrafficPolicy)`,
    String.raw`^Job spec\.(?:selector|manualSelector|backoffLimit|template\.metadata\.labels)`,
    'controller-uid',
    String.raw`^DaemonSet metadata\.annotations`,
    String.raw`^PersistentVolumeClaim spec\.dataSource`,
    String.raw`^StatefulSet spec\.(?:serviceName|volumeClaimTemplates|updateStrategy\.rollingUpdate\.maxUnavailable)`,
    String.raw`^CronJob spec\.jobTemplate\.metadata`,
    String.raw`^Pod spec\.(?:tolerations|priority|preemptionPolicy)`,
    String.raw`volumes\.\d+\.(?:iscsi|rbd|azureDisk|projected)`,
    // A quantity in another form than the server's own.
    String.raw`\.(?:requests|limits)\.`,
  ].join('|'),
);

function differences(ours: Json | undefined, theirs: Json | undefined, path: string): string[] {
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return [];
  const both = [ours, theirs];
  if (both.every(Array.isArray) || both.every(isJsonObject)) {
    const [a, b] = both as [JsonObject, JsonObject];
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
      differences(a[key], b[key], `${path}.${key}`),
    );
  }
  return [
    `${path.replace(/^(\w+)\./, '$1 ')}: ours is ${JSON.stringify(ours)}, the server's ${JSON.stringify(theirs)}`,
  ];
}

const kinds =
  /^(?:Deployment|DaemonSet|StatefulSet|ReplicaSet|Job|CronJob|Pod|Service|ConfigMap|Secret|PersistentVolumeClaim|Ingress|NetworkPolicy|ServiceAccount)$/;

(bin === undefined ? test.skip : test)(
  'an object is what the API server makes of it before policies judge it',
  async () => {
    const server = await ApiServer.start(bin ?? '', temporary);
    try {
      await server.define([]);
      await server.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
      const told: string[] = [];
      let compared = 0;
      for (const object of validObjects().values()) {
        const { apiVersion, kind } = object as { apiVersion: string; kind: string };
        const { group } = groupVersion(apiVersion);
        if (!kinds.test(kind) || group.includes('external-secrets') || group.includes('gateway')) continue;
        const { object: made } = await server.apply(object, { dryRun: true });
        if (made === undefined) continue;
        compared += 1;
        told.push(...differences(admitted({ group, kind }, object as JsonObject), made as JsonObject, kind));
      }
      expect(compared).toBeGreaterThan(25);
      expect(told.filter((line) => !others.test(line))).toEqual([]);
    } finally {
      await server.stop();
    }
  },
);
