import { type Fault, fault } from '../../fault';
import { isGiven } from '../../given';
import { csiDriverName, dnsLabel, dnsSubdomain } from '../names';
import { accessModes } from './claims';
import { aboveZero } from './numbers';
import { withoutBacksteps } from './paths';
import { nodeSelector } from './placement';
import {
  all,
  atMostOne,
  fields,
  givenOf,
  isEmpty,
  needs,
  none,
  object,
  parts,
  type Rule,
  steps,
  text,
  unlessEmpty,
  values,
  words,
  wrong,
} from './rules';
import { sources } from './volumes';

/** (pkg/apis/core/validation: validatePVSecretReference) */
const secret = all(
  needs({ name: 'the name of a Secret', namespace: 'the namespace of the Secret' }),
  fields({ name: unlessEmpty(text(dnsSubdomain)), namespace: unlessEmpty(text(dnsLabel)) }),
);

/** Sources of volumes that pods have as well. */
const alike = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'nfs',
  'rbd',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
  'flexVolume',
  'vsphereVolume',
  'portworxVolume',
  'azureDisk',
];

const kinds: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(alike.map((name) => [name, sources[name] as Rule])),
  local: all(needs({ path: 'a path on the node' }), fields({ path: unlessEmpty(withoutBacksteps) })),
  csi: all(
    needs({ driver: 'the name of a driver', volumeHandle: "the volume's name to the driver" }),
    fields({
      driver: unlessEmpty(text(csiDriverName)),
      controllerPublishSecretRef: secret,
      controllerExpandSecretRef: secret,
      nodePublishSecretRef: secret,
      nodeExpandSecretRef: secret,
    }),
  ),
  azureFile: all(
    needs({ secretName: 'the name of a Secret', shareName: 'the name of a share' }),
    fields({ secretNamespace: (name) => (name === '' ? wrong('the namespace of the Secret, or left out') : none) }),
  ),
  glusterfs: all(
    needs({ endpoints: 'the name of Endpoints', path: 'given' }),
    fields({ endpointsNamespace: text(dnsLabel) }),
  ),
  quobyte: needs({ registry: 'a host and port', volume: 'the name of a volume' }),
  photonPersistentDisk: needs({ pdID: 'the ID of a disk' }),
  scaleIO: needs({ gateway: 'given', system: 'given', volumeName: 'given' }),
  storageos: needs({ volumeName: 'the name of a volume' }),
  flocker: () => none,
};
const names = Object.keys(kinds);

/** (ValidatePersistentVolumeSpec) */
export const persistentVolume: Rule = parts({
  spec: all(
    needs({ accessModes: 'a list of at least one mode' }),
    fields({
      accessModes,
      capacity: values(aboveZero),
      persistentVolumeReclaimPolicy: unlessEmpty(words('Delete', 'Recycle', 'Retain')),
      storageClassName: unlessEmpty(text(dnsSubdomain)),
      volumeAttributesClassName: text(dnsSubdomain),
      volumeMode: words('Block', 'Filesystem'),
      nodeAffinity: all(needs({ required: 'given' }), fields({ required: nodeSelector })),
      ...kinds,
    }),
    atMostOne(names, 'may not specify more than 1 volume type'),
    object((spec) =>
      givenOf(spec, names).length === 0
        ? wrong('an object with one kind of volume, such as csi or nfs', [], {
            value: null,
            says: 'must specify a volume type',
          })
        : none,
    ),
    steps(function* (spec): Generator<Fault> {
      const { capacity, local, nodeAffinity, hostPath, volumeAttributesClassName: attributes, csi } = spec;
      const given = isEmpty(capacity) ? [] : Object.keys(capacity as object);
      if (!given.includes('storage')) yield fault(['capacity', 'storage'], 'an amount of storage such as 10Gi');
      for (const name of given)
        if (name !== 'storage') yield fault(['capacity', name], 'left out: a PersistentVolume has only storage');
      if (isGiven(local) && !isGiven(nodeAffinity))
        yield {
          path: ['nodeAffinity'],
          allowed: 'given for a local volume',
          says: 'Local volume requires node affinity',
        };
      const isRoot = object(({ path }) => (typeof path === 'string' && /^\/+\.?$/.test(path) ? wrong('') : none));
      if (spec.persistentVolumeReclaimPolicy === 'Recycle' && hostPath !== undefined && isRoot(hostPath).length > 0)
        yield fault(['persistentVolumeReclaimPolicy'], 'Delete or Retain for the root of a node');
      if (isGiven(attributes) && !isGiven(csi))
        yield fault(['volumeAttributesClassName'], 'left out, unless the volume is one of csi');
    }),
  ),
});
