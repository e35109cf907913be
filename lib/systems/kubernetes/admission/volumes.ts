import { isJsonObject, type JsonObject } from '../../../json/json';
import { listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven } from '../../given';
import { csiDriverName, dnsLabel, dnsSubdomain } from '../names';
import { quantity } from '../quantity';
import { claim } from './claims';
import { downwardFile } from './env';
import { localPath, relativePath, withoutBacksteps } from './paths';
import {
  all,
  atMostOne,
  exactlyOne,
  fields,
  isWord,
  list,
  needs,
  none,
  number,
  object,
  type Rule,
  text,
  unlessEmpty,
  words,
  wrong,
} from './rules';

/** (fileModeErrorMsg) */
const mode: Rule = (value) =>
  typeof value === 'number' && (value < 0 || value > 0o777)
    ? wrong('from 0 to 0777 (octal; 511 as a decimal)', [], {
        says: 'must be a number between 0 and 0777 (octal), both inclusive',
      })
    : none;
const partition = number(0, 255);
const keys = list(all(fields({ path: localPath, mode }), needs({ key: 'a key of the data' })));
const downwardItems = list(all(downwardFile, fields({ mode })));
const driver = text(csiDriverName);
const iscsiName: Rule = (value) =>
  !isWord(value) ||
  /^(?:iqn(?:.*iqn)?\.\d{4}-\d{2}\.[A-Za-z0-9\-.]+:[^,;*&$|\s]+|eui.[A-Za-z0-9]{16}|naa.[A-Za-z0-9]{32})$/.test(value)
    ? none
    : wrong('a name that begins with iqn, eui or naa, such as iqn.2001-04.com.example:storage');

/** (pkg/apis/core/validation: validateProjectionSources) Sources whose feature gates are off by default are not looked at. */
const projection: Rule = all(
  fields({
    secret: all(fields({ items: keys }), needs({ name: 'the name of a Secret' })),
    configMap: all(fields({ items: keys }), needs({ name: 'the name of a ConfigMap' })),
    downwardAPI: fields({ items: downwardItems }),
    serviceAccountToken: fields({
      path: localPath,
      expirationSeconds: (seconds) =>
        typeof seconds === 'number' && (seconds < 600 || seconds > 2 ** 32)
          ? wrong('from 600 to 4294967296', [], { says: 'may not specify a duration less than 10 minutes' })
          : none,
    }),
  }),
  atMostOne(
    ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'],
    'may not specify more than 1 volume type per source',
  ),
);

/** Files of a projected volume that would lie upon each other. */
const projectedOnce = object((projected) => {
  const seen = new Set<string>();
  return listAt(projected, 'sources').flatMap((source, i) =>
    ['secret', 'configMap', 'downwardAPI'].flatMap((kind) =>
      listAt(source, kind, 'items').flatMap((item, j) => {
        const path = isJsonObject(item) ? item.path : undefined;
        if (!isWord(path) || path === '') return [];
        if (!seen.has(path)) {
          seen.add(path);
          return [];
        }
        return wrong('a path that no other item has', ['sources', i, kind, 'items', j, 'path'], {
          says: 'conflicting duplicate paths',
        });
      }),
    ),
  );
});

/** Source by source: the validate…VolumeSource functions of pkg/apis/core/validation. */
export const sources: Readonly<Record<string, Rule>> = {
  emptyDir: fields({ sizeLimit: text(quantity) }),
  hostPath: all(
    fields({
      path: withoutBacksteps,
      type: unlessEmpty(
        words('DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'),
      ),
    }),
    needs({ path: 'a path on the node' }),
  ),
  gitRepo: all(fields({ directory: relativePath }), needs({ repository: 'the URL of a repository' })),
  gcePersistentDisk: all(fields({ partition }), needs({ pdName: 'the name of a disk' })),
  awsElasticBlockStore: all(fields({ partition }), needs({ volumeID: 'the ID of a volume' })),
  secret: all(fields({ defaultMode: mode, items: keys }), needs({ secretName: 'the name of a Secret' })),
  configMap: all(fields({ defaultMode: mode, items: keys }), needs({ name: 'the name of a ConfigMap' })),
  nfs: fields({
    path: (path) => (isWord(path) && !path.startsWith('/') ? wrong('an absolute path') : none),
    server: (server) => (server === '' ? wrong('the host name of a server') : none),
  }),
  iscsi: all(
    fields({ iqn: iscsiName, initiatorName: iscsiName, lun: partition }),
    needs({ targetPortal: 'the address of a portal' }),
    object(({ chapAuthDiscovery, chapAuthSession, secretRef }) =>
      (chapAuthDiscovery === true || chapAuthSession === true) && !isGiven(secretRef)
        ? wrong('given for CHAP authentication', ['secretRef'])
        : none,
    ),
  ),
  persistentVolumeClaim: needs({ claimName: 'the name of a PersistentVolumeClaim' }),
  downwardAPI: fields({ defaultMode: mode, items: downwardItems }),
  fc: all(
    exactlyOne(['targetWWNs', 'wwids'], 'must specify either targetWWNs or wwids, but not both'),
    fields({ lun: partition }),
    object(({ targetWWNs, lun }) =>
      isGiven(targetWWNs) && !isGiven(lun) ? wrong('given, since targetWWNs are given', ['lun']) : none,
    ),
  ),
  flexVolume: all(fields({ options: object(reservedOptions) }), needs({ driver: 'the name of a driver' })),
  azureFile: needs({ secretName: 'the name of a Secret', shareName: 'the name of a share' }),
  azureDisk: all(
    fields({ cachingMode: words('None', 'ReadOnly', 'ReadWrite'), kind: words('Shared', 'Dedicated', 'Managed') }),
    needs({ diskName: 'the name of a disk', diskURI: 'the URI of a disk' }),
    object(({ kind, diskURI }) => {
      const begin = kind === 'Managed' ? '/subscriptions/' : 'https://';
      return isWord(kind ?? '') && isWord(diskURI) && diskURI !== '' && !diskURI.startsWith(begin)
        ? wrong(`one that begins with ${begin} for a disk of the kind ${kind ?? 'Shared'}`, ['diskURI'])
        : none;
    }),
  ),
  cephfs: needs({ monitors: 'a list of monitors' }),
  rbd: needs({ monitors: 'a list of monitors', image: 'the name of an image' }),
  cinder: needs({ volumeID: 'the ID of a volume' }),
  vsphereVolume: needs({ volumePath: 'the path of a volume' }),
  portworxVolume: needs({ volumeID: 'the ID of a volume' }),
  photonPersistentDisk: needs({ pdID: 'the ID of a disk' }),
  glusterfs: needs({ endpoints: 'the name of Endpoints', path: 'the name of a volume' }),
  flocker: all(
    exactlyOne(['datasetName', 'datasetUUID']),
    fields({ datasetName: (name) => (isWord(name) && name.includes('/') ? wrong('without "/"') : none) }),
  ),
  quobyte: all(
    fields({
      registry: (registry) =>
        isWord(registry) && !registry.split(',').every((part) => /^(?:\[[^\]]*\]|[^:[\]]*):[^:[\]]*$/.test(part))
          ? wrong('host:port, or several with commas')
          : none,
      tenant: (tenant) => (isWord(tenant) && tenant.length > 64 ? wrong('at most 64 characters long') : none),
    }),
    needs({ volume: 'the name of a volume' }),
  ),
  scaleIO: needs({
    gateway: 'the address of a gateway',
    system: 'the name of a system',
    volumeName: 'the name of a volume',
  }),
  storageos: all(
    fields({
      volumeName: text(dnsLabel),
      volumeNamespace: unlessEmpty(text(dnsLabel)),
      secretRef: needs({ name: 'the name of a Secret' }),
    }),
    needs({ volumeName: 'the name of a volume' }),
  ),
  projected: all(fields({ defaultMode: mode, sources: list(projection) }), projectedOnce),
  csi: all(
    fields({ driver, nodePublishSecretRef: fields({ name: unlessEmpty(text(dnsSubdomain)) }) }),
    fields({ nodePublishSecretRef: needs({ name: 'the name of a Secret' }) }),
  ),
  ephemeral: all(
    fields({ volumeClaimTemplate: all(fields({ spec: claim, metadata: object(templateMetadata) })) }),
    needs({ volumeClaimTemplate: 'the template of a PersistentVolumeClaim' }),
  ),
  image: fields({ pullPolicy: unlessEmpty(words('Always', 'IfNotPresent', 'Never')) }),
};

/** (validateFlexVolumeSource) */
function reservedOptions(options: JsonObject): readonly Fault[] {
  return Object.keys(options).flatMap((key) =>
    /(?:^|\.)(?:kubernetes|k8s)\.io$/i.test(key.split('/', 1)[0] ?? '')
      ? wrong('a name of another namespace: kubernetes.io and k8s.io are reserved', [key], { value: null })
      : [],
  );
}

/** (ValidateTemplateObjectMeta) */
function templateMetadata(metadata: JsonObject): readonly Fault[] {
  return Object.keys(metadata).flatMap((field) =>
    ['labels', 'annotations', 'creationTimestamp'].includes(field) || !isGiven(metadata[field])
      ? []
      : wrong('left out: a template has labels and annotations only', [field], { value: null, says: 'cannot be set' }),
  );
}

/** A volume of a pod. Without any source it is an emptyDir. (validateVolumeSource, SetDefaults_Volume) */
export const volume: Rule = all(
  fields({ name: text(dnsLabel), ...sources }),
  atMostOne(Object.keys(sources), 'may not specify more than 1 volume type'),
  object(({ name, iscsi }) => {
    const [portal, initiator] = isJsonObject(iscsi) ? [iscsi.targetPortal, iscsi.initiatorName] : [];
    return isGiven(initiator) && isWord(name) && isWord(portal) && `${name}:${portal}`.length > 64
      ? wrong('with the name of the volume at most 63 characters long', ['iscsi', 'targetPortal'])
      : none;
  }),
);
