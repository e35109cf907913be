import type { JsonObject } from '../../../../lib/json/json';
import { type Case, refused, refusedWith } from './refused';

const pod: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', annotations: {} },
  spec: {
    volumes: [
      { name: 'tmp', emptyDir: {} },
      { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
    ],
    initContainers: [{ name: 'init', image: 'init:1' }],
    containers: [
      {
        name: 'web',
        image: 'web:1',
        ports: [{ name: 'http', containerPort: 80 }],
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
      { name: 'side', image: 'side:1' },
    ],
  },
};

const cases: readonly Case[] = [
  ['spec', undefined, 'given: pods need at least one container'],
  ['spec.containers', [], 'a list of at least one container'],
  ['spec.ephemeralContainers', [{ name: 'debug' }], 'left out'],
  [
    'spec.containers.0.name',
    'Web',
    'a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit, at most 63 characters',
  ],
  ['spec.initContainers.0.name', 'web', 'a name that no other container has'],
  ['spec.containers.0.image', undefined, 'the name of an image'],
  ['spec.containers.0.image', ' web:1', 'without spaces around it'],
  ['spec.containers.0.imagePullPolicy', 'always', 'one of Always, IfNotPresent, Never'],
  ['spec.containers.0.terminationMessagePolicy', 'Log', 'one of File, FallbackToLogsOnError'],
  [
    'spec.containers.0.ports.0.name',
    'a-very-long-port-name',
    'a-z, 0-9 and "-", with at least one letter, without "-" at an end or twice in a row, at most 15 characters',
  ],
  ['spec.containers.0.ports.0.containerPort', 0, 'from 1 to 65535'],
  ['spec.containers.0.ports.0.hostPort', 70000, 'from 1 to 65535'],
  ['spec.containers.0.ports.0.protocol', 'tcp', 'one of TCP, UDP, SCTP'],
  [
    'spec.containers.0.ports.1',
    { name: 'http', containerPort: 81 },
    'spec.containers.0.ports.1.name: a name that no other has',
  ],
  [
    'spec.containers.1.ports',
    [
      { containerPort: 1, hostPort: 8 },
      { containerPort: 2, hostPort: 8 },
    ],
    'spec.containers.1.ports.1.hostPort: a port of the host that no other has',
  ],
  ['spec.containers.0.env', [{ name: 'A=B' }], 'spec.containers.0.env.0.name: printable ASCII characters but "="'],
  [
    'spec.containers.0.env',
    [{ name: 'A', valueFrom: {} }],
    'spec.containers.0.env.0.valueFrom: an object with one of fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef',
  ],
  [
    'spec.containers.0.env',
    [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    'spec.containers.0.env.0.valueFrom: left out, since value is given',
  ],
  [
    'spec.containers.0.env',
    [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } }],
    "spec.containers.0.env.0.valueFrom.fieldRef.fieldPath: one of metadata.name, metadata.namespace, metadata.uid, spec.nodeName, spec.serviceAccountName, status.hostIP, status.hostIPs, status.podIP, status.podIPs, metadata.labels['KEY'], metadata.annotations['KEY']",
  ],
  [
    'spec.containers.0.env',
    [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } }],
    'spec.containers.0.env.0.valueFrom.resourceFieldRef.resource: one of limits.cpu, limits.memory, limits.ephemeral-storage, requests.cpu, requests.memory, requests.ephemeral-storage',
  ],
  [
    'spec.containers.0.env',
    [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1Mi' } } }],
    'spec.containers.0.env.0.valueFrom.resourceFieldRef.divisor: one of 1m, 1',
  ],
  [
    'spec.containers.0.env',
    [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'a b' } } }],
    'spec.containers.0.env.0.valueFrom.secretKeyRef.key: letters, digits, "-", "_" and ".", not beginning with "..", at most 253 characters',
  ],
  [
    'spec.containers.0.env',
    [{ name: 'A', valueFrom: { configMapKeyRef: { key: 'a' } } }],
    'spec.containers.0.env.0.valueFrom.configMapKeyRef.name: the name of a ConfigMap',
  ],
  [
    'spec.containers.0.env',
    [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'a' }, configMapKeyRef: { name: 'c', key: 'a' } } }],
    'spec.containers.0.env.0.valueFrom.secretKeyRef: left out, since configMapKeyRef is given',
  ],
  ['spec.containers.0.envFrom', [{}], 'spec.containers.0.envFrom.0: an object with one of configMapRef, secretRef'],
  [
    'spec.containers.0.envFrom',
    [{ secretRef: { name: '.s' } }],
    'spec.containers.0.envFrom.0.secretRef.name: a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 253 characters',
  ],
  ['spec.containers.0.volumeMounts.0.name', 'nope', "the name of one of the pod's volumes (tmp, data)"],
  [
    'spec.containers.0.volumeMounts.1',
    { name: 'data', mountPath: '/tmp' },
    'spec.containers.0.volumeMounts.1.mountPath: a path at which the container mounts nothing else',
  ],
  ['spec.containers.0.volumeMounts.0.subPath', '/abs', 'a relative path without ".."'],
  ['spec.containers.0.volumeMounts.0.subPath', 'a/../b', 'a relative path without ".."'],
  [
    'spec.containers.0.volumeMounts.0.mountPropagation',
    'Bidirectional',
    'None or HostToContainer without securityContext.privileged',
  ],
  ['spec.containers.0.volumeMounts.0.recursiveReadOnly', 'Enabled', 'Disabled, or left out, without readOnly'],
  [
    'spec.containers.0.volumeDevices',
    [{ name: 'tmp', devicePath: '/dev/x' }],
    'spec.containers.0.volumeMounts.0.name: the name of a volume that volumeDevices does not use\nspec.containers.0.volumeDevices.0.name: the name of a volume with persistentVolumeClaim or ephemeral',
  ],
  ['spec.containers.0.livenessProbe', {}, 'an object with one of exec, httpGet, tcpSocket, grpc'],
  [
    'spec.containers.0.livenessProbe',
    { httpGet: { port: 80 }, successThreshold: 2 },
    'spec.containers.0.livenessProbe.successThreshold: 1',
  ],
  [
    'spec.containers.0.livenessProbe',
    { httpGet: { port: 0, scheme: 'http' } },
    'spec.containers.0.livenessProbe.httpGet.port: from 1 to 65535\nspec.containers.0.livenessProbe.httpGet.scheme: one of HTTP, HTTPS',
  ],
  [
    'spec.containers.0.readinessProbe',
    { exec: { command: ['x'] }, terminationGracePeriodSeconds: 5 },
    'spec.containers.0.readinessProbe.terminationGracePeriodSeconds: left out',
  ],
  [
    'spec.containers.0.startupProbe',
    { exec: {}, periodSeconds: -1 },
    'spec.containers.0.startupProbe.exec.command: a command of at least one word\nspec.containers.0.startupProbe.periodSeconds: 0 or more',
  ],
  [
    'spec.containers.0.startupProbe',
    { exec: { command: ['x'] }, tcpSocket: { port: 80 } },
    'spec.containers.0.startupProbe.tcpSocket: left out, since exec is given',
  ],
  [
    'spec.containers.0.lifecycle',
    { preStop: { sleep: { seconds: 60 } } },
    'spec.containers.0.lifecycle.preStop.sleep.seconds: from 0 to terminationGracePeriodSeconds, 30',
  ],
  ['spec.initContainers.0.readinessProbe', { tcpSocket: { port: 80 } }, 'left out'],
  [
    'spec.containers.0.resources',
    { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } },
    'spec.containers.0.resources.requests.memory: at most its limit, 1Gi',
  ],
  [
    'spec.containers.0.resources',
    { limits: { storage: '1Gi' } },
    'spec.containers.0.resources.limits.storage: given to cpu, memory, ephemeral-storage, hugepages-SIZE, or a resource with a domain and "/" before it',
  ],
  [
    'spec.containers.0.resources',
    { requests: { 'example.com/gpu': 1 } },
    'spec.containers.0.resources.limits.example.com/gpu: set together with requests, to the same amount',
  ],
  [
    'spec.containers.0.resources',
    { requests: { 'example.com/gpu': 1 }, limits: { 'example.com/gpu': 2 } },
    'spec.containers.0.resources.requests.example.com/gpu: its limit, 2',
  ],
  [
    'spec.containers.0.resources',
    { limits: { 'hugepages-2Mi': '3Mi' } },
    'spec.containers.0.resources.limits.hugepages-2Mi: a multiple of the page size of hugepages-2Mi\nset for cpu or memory as well as huge pages',
  ],
  ['spec.containers.0.resources', { limits: { cpu: -1 } }, 'spec.containers.0.resources.limits.cpu: 0 or more'],
  [
    'spec.containers.0.resources',
    { claims: [{ name: 'gpu' }] },
    'spec.containers.0.resources.claims.0.name: the name of one of spec.resourceClaims',
  ],
  [
    'spec.resources',
    { limits: { 'ephemeral-storage': '1Gi' } },
    'spec.resources.limits.ephemeral-storage: given to cpu, memory or hugepages-SIZE in a whole pod',
  ],
  [
    'spec.resourceClaims',
    [{ name: 'a', resourceClaimName: 'b', resourceClaimTemplateName: 'c' }],
    'spec.resourceClaims.0.resourceClaimTemplateName: left out, since resourceClaimName is given',
  ],
  [
    'spec.containers.0.resizePolicy',
    [{ resourceName: 'gpu', restartPolicy: 'NotRequired' }],
    'spec.containers.0.resizePolicy.0.resourceName: one of cpu, memory',
  ],
  ['spec.containers.0.restartPolicy', 'Sometimes', 'one of Always, Never, OnFailure'],
  [
    'spec.containers.0.restartPolicyRules',
    [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }],
    'spec.containers.0.restartPolicy: given, since restartPolicyRules are given',
  ],
  [
    'spec.containers.0.securityContext',
    { allowPrivilegeEscalation: false, privileged: true },
    'spec.containers.0.securityContext.allowPrivilegeEscalation: true, or left out, with privileged',
  ],
  [
    'spec.containers.0.securityContext',
    { runAsUser: -1 },
    'spec.containers.0.securityContext.runAsUser: from 0 to 2147483647',
  ],
  [
    'spec.containers.0.securityContext',
    { procMount: 'Unmasked' },
    'spec.containers.0.securityContext.procMount: Default, unless hostUsers of the pod is false',
  ],
  [
    'spec.containers.0.securityContext',
    { seccompProfile: { type: 'Localhost' } },
    'spec.containers.0.securityContext.seccompProfile.localhostProfile: given with the type Localhost',
  ],
  [
    'spec.containers.0.securityContext',
    { appArmorProfile: { type: 'RuntimeDefault', localhostProfile: 'x' } },
    'spec.containers.0.securityContext.appArmorProfile.localhostProfile: left out without the type Localhost',
  ],
  [
    'spec.securityContext',
    { fsGroupChangePolicy: 'Sometimes' },
    'spec.securityContext.fsGroupChangePolicy: one of OnRootMismatch, Always',
  ],
  [
    'spec.securityContext',
    { sysctls: [{ name: 'net..x', value: '1' }] },
    'spec.securityContext.sysctls.0.name: the name of a sysctl such as net.ipv4.ip_unprivileged_port_start, at most 253 characters',
  ],
  [
    'spec.volumes.0',
    { name: 'tmp', emptyDir: {}, secret: { secretName: 's' } },
    'spec.volumes.0.secret: left out, since emptyDir is given',
  ],
  [
    'spec.volumes.0.name',
    'Tmp',
    'a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit, at most 63 characters\nspec.containers.0.volumeMounts.0.name: the name of one of the pod\'s volumes (Tmp, data)',
  ],
  [
    'spec.volumes.1',
    { name: 'data', secret: { secretName: '', defaultMode: 777 } },
    'spec.volumes.1.secret.defaultMode: from 0 to 0777 (octal; 511 as a decimal)\nspec.volumes.1.secret.secretName: the name of a Secret',
  ],
  [
    'spec.volumes.1',
    { name: 'data', configMap: { name: 'c', items: [{ key: 'k', path: '../x' }] } },
    'spec.volumes.1.configMap.items.0.path: a relative path without "..", at the beginning of the path as well',
  ],
  [
    'spec.volumes.1',
    { name: 'data', hostPath: { path: '/a/../b', type: 'Folder' } },
    'spec.volumes.1.hostPath.path: a path without ".."\nspec.volumes.1.hostPath.type: one of DirectoryOrCreate, Directory, FileOrCreate, File, Socket, CharDevice, BlockDevice',
  ],
  [
    'spec.volumes.1',
    {
      name: 'data',
      projected: {
        sources: [
          { secret: { name: 's', items: [{ key: 'a', path: 'x' }] } },
          { configMap: { name: 'c', items: [{ key: 'b', path: 'x' }] } },
        ],
      },
    },
    'spec.volumes.1.projected.sources.1.configMap.items.0.path: a path that no other item has',
  ],
  [
    'spec.volumes.1',
    { name: 'data', projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 60 } }] } },
    'spec.volumes.1.projected.sources.0.serviceAccountToken.expirationSeconds: from 600 to 4294967296',
  ],
  [
    'spec.volumes.1',
    { name: 'data', downwardAPI: { items: [{ path: 'x' }] } },
    'spec.volumes.1.downwardAPI.items.0: an object with one of fieldRef, resourceFieldRef',
  ],
  [
    'spec.volumes.1',
    { name: 'data', csi: { driver: 'a b' } },
    'spec.volumes.1.csi.driver: a DNS subdomain of at most 63 characters (capitals may be used)',
  ],
  [
    'spec.volumes.1',
    { name: 'data', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['RWO'] } } } },
    'spec.volumes.1.ephemeral.volumeClaimTemplate.spec.accessModes.0: one of ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod\nspec.volumes.1.ephemeral.volumeClaimTemplate.spec.resources.requests.storage: an amount of storage such as 10Gi',
  ],
  ['spec.volumes.1', { name: 'data', nfs: { server: 's', path: 'x' } }, 'spec.volumes.1.nfs.path: an absolute path'],
  [
    'spec.affinity',
    {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] }],
        },
      },
    },
    'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.0.matchExpressions.0.operator: one of In, NotIn, Exists, DoesNotExist, Gt, Lt',
  ],
  [
    'spec.affinity',
    { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
    'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: a list of at least one term',
  ],
  [
    'spec.affinity',
    {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, podAffinityTerm: { topologyKey: '' } }],
      },
    },
    'spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.weight: from 1 to 100\nspec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.podAffinityTerm.topologyKey: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, with a DNS prefix and "/" before it or none',
  ],
  [
    'spec.topologySpreadConstraints',
    [{ maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'Ignore' }],
    'spec.topologySpreadConstraints.0.maxSkew: 1 or more\nspec.topologySpreadConstraints.0.whenUnsatisfiable: one of DoNotSchedule, ScheduleAnyway',
  ],
  [
    'spec.topologySpreadConstraints',
    [{ maxSkew: 1, minDomains: 2, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
    'spec.topologySpreadConstraints.0.whenUnsatisfiable: DoNotSchedule with minDomains',
  ],
  [
    'spec.topologySpreadConstraints',
    [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', matchLabelKeys: ['a'] }],
    'spec.topologySpreadConstraints.0.matchLabelKeys: left out without labelSelector',
  ],
  ['spec.tolerations', [{ operator: 'Equal', value: 'x' }], 'spec.tolerations.0.operator: Exists without a key'],
  [
    'spec.tolerations',
    [{ key: 'a', operator: 'Exists', value: 'x' }],
    'spec.tolerations.0.value: left out with the operator Exists',
  ],
  [
    'spec.tolerations',
    [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }],
    'spec.tolerations.0.effect: NoExecute with tolerationSeconds',
  ],
  [
    'spec.tolerations',
    [{ key: 'a', effect: 'Never' }],
    'spec.tolerations.0.effect: one of NoSchedule, PreferNoSchedule, NoExecute',
  ],
  ['spec.restartPolicy', 'always', 'one of Always, OnFailure, Never'],
  ['spec.dnsPolicy', 'None', 'spec.dnsConfig.nameservers: a list of at least one address with dnsPolicy None'],
  ['spec.dnsConfig', { nameservers: ['dns.example.org'] }, 'spec.dnsConfig.nameservers.0: an IP address'],
  [
    'spec.hostAliases',
    [{ ip: '10.0.0', hostnames: ['A'] }],
    'spec.hostAliases.0.ip: an IP address\nspec.hostAliases.0.hostnames.0: a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 253 characters',
  ],
  [
    'spec.nodeSelector',
    { zone: 'a b' },
    'spec.nodeSelector.zone: a label\'s value: letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, at most 63 characters',
  ],
  [
    'spec.serviceAccountName',
    'My_Account',
    'a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 253 characters',
  ],
  [
    'spec.priorityClassName',
    'High',
    'a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 253 characters',
  ],
  ['spec.activeDeadlineSeconds', 0, 'from 1 to 2147483647'],
  ['spec.preemptionPolicy', 'Sometimes', 'one of PreemptLowerPriority, Never'],
  [
    'spec.overhead',
    { storage: 1 },
    'spec.overhead.storage: given to cpu, memory, ephemeral-storage, hugepages-SIZE, or a resource with a domain and "/" before it',
  ],
  [
    'spec.schedulingGates',
    [{ name: 'a/b/c' }],
    'spec.schedulingGates.0.name: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, with a DNS prefix and "/" before it or none',
  ],
  [
    'spec.hostname',
    'a.b',
    'a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit, at most 63 characters',
  ],
  ['spec.os', { name: 'macos' }, 'spec.os.name: one of linux, windows'],
  [
    'metadata.annotations',
    { 'container.apparmor.security.beta.kubernetes.io/nope': 'runtime/default' },
    'metadata.annotations.container.apparmor.security.beta.kubernetes.io/nope: of a container that the pod has',
  ],
  [
    'metadata.annotations',
    { 'controller.kubernetes.io/pod-deletion-cost': 'high' },
    'metadata.annotations.controller.kubernetes.io/pod-deletion-cost: a whole number that fits in 32 bits',
  ],
];

test('nothing is refused in a pod that is right', () => {
  expect(refused(pod)).toEqual([]);
});

test.each(cases)('a pod with %s: %j', (at, value, found) => {
  expect(refusedWith(pod, at, value)).toBe(found);
});
