import type { Json, JsonObject } from '../../../../lib/json/json';
import { type Changes, refused, refusedOfUnknown } from './changed';

function object(apiVersion: string, kind: string, rest: Readonly<Record<string, Json>>): JsonObject {
  return { apiVersion, kind, metadata: { name: 'shop' }, ...rest };
}

type Row = readonly [Changes, ...string[]];

/** Valid objects, and what is refused in them after a change: the places. Held against the API server of Kubernetes 1.36.3. */
const kinds: readonly (readonly [string, JsonObject, readonly Row[]])[] = [
  [
    'Service',
    object('v1', 'Service', { spec: { selector: { app: 'shop' }, ports: [{ name: 'http', port: 80 }] } }),
    [
      [{ 'spec/type': 'clusterip' }, 'spec.type'],
      [{ 'spec/sessionAffinity': 'Client' }, 'spec.sessionAffinity'],
      [{ 'spec/internalTrafficPolicy': '' }, 'spec.internalTrafficPolicy'],
      [{ 'spec/trafficDistribution': 'Close' }, 'spec.trafficDistribution'],
      [{ 'spec/selector/app': 'a b' }, 'spec.selector.app'],
      [{ 'spec/ports': [] }, 'spec.ports'],
      [{ 'spec/ports': [], 'spec/clusterIP': 'None' }],
      [{ spec: undefined }, 'spec.ports'],
      [{ 'spec/ports/0/name': 'Http' }, 'spec.ports[0].name'],
      [{ 'spec/ports/0/port': 0 }, 'spec.ports[0].port'],
      [{ 'spec/ports/0/protocol': 'HTTP' }, 'spec.ports[0].protocol'],
      [{ 'spec/ports/0/targetPort': 'a_b' }, 'spec.ports[0].targetPort'],
      [{ 'spec/ports/0/targetPort': 65536 }, 'spec.ports[0].targetPort'],
      [{ 'spec/ports/0/targetPort': 0 }],
      [{ 'spec/ports/0/nodePort': 30080 }, 'spec.ports[0].nodePort'],
      [{ 'spec/ports/0/nodePort': 30080, 'spec/type': 'NodePort' }],
      [{ 'spec/ports/0/appProtocol': 'a/b/c' }, 'spec.ports[0].appProtocol'],
      [{ 'spec/ports/1': { port: 81 } }, 'spec.ports[1].name'],
      [{ 'spec/ports/1': { port: 80, name: 'http' } }, 'spec.ports[1].name', 'spec.ports[1].port'],
      [{ 'spec/ports/1': { port: 80, name: 'udp', protocol: 'UDP' } }],
      [{ 'spec/externalTrafficPolicy': 'Local' }, 'spec.externalTrafficPolicy'],
      [{ 'spec/externalTrafficPolicy': 'Local', 'spec/externalIPs': ['192.0.2.1'] }],
      [{ 'spec/externalTrafficPolicy': 'local', 'spec/type': 'LoadBalancer' }, 'spec.externalTrafficPolicy'],
      [{ 'spec/externalIPs': ['127.0.0.1', '10.0.0'] }, 'spec.externalIPs[0]', 'spec.externalIPs[1]'],
      [{ 'spec/loadBalancerClass': 'a' }, 'spec.loadBalancerClass'],
      [
        { 'spec/loadBalancerSourceRanges': ['10.0.0.0/33'], 'spec/type': 'LoadBalancer' },
        'spec.loadBalancerSourceRanges[0]',
      ],
      [{ 'spec/healthCheckNodePort': 30000, 'spec/type': 'LoadBalancer' }, 'spec.healthCheckNodePort'],
      [{ 'spec/clusterIP': '10.0.0.256' }, 'spec.clusterIP'],
      [{ 'spec/clusterIP': 'None', 'spec/type': 'LoadBalancer' }, 'spec.clusterIP'],
      [{ 'spec/clusterIPs': ['10.0.0.1'] }, 'spec.clusterIPs'],
      [{ 'spec/clusterIP': '10.0.0.2', 'spec/clusterIPs': ['10.0.0.1'] }, 'spec.clusterIPs[0]'],
      [{ 'spec/clusterIP': '10.0.0.1', 'spec/ipFamilies': ['IPv6'] }, 'spec.ipFamilies[0]'],
      [{ 'spec/ipFamilies': ['IPv4', 'IPv6'] }, 'spec.ipFamilyPolicy'],
      [{ 'spec/ipFamilyPolicy': 'Dual' }, 'spec.ipFamilyPolicy'],
      [{ 'spec/type': 'ExternalName' }, 'spec.externalName'],
      [{ 'spec/type': 'ExternalName', 'spec/externalName': 'db.example.org.' }],
      [
        { 'spec/type': 'ExternalName', 'spec/externalName': 'https://db', 'spec/clusterIP': 'None' },
        'spec.externalName',
        'spec.clusterIP',
      ],
      [
        { 'spec/sessionAffinity': 'ClientIP', 'spec/sessionAffinityConfig': { clientIP: { timeoutSeconds: 86401 } } },
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
      ],
      [{ 'spec/sessionAffinityConfig': { clientIP: { timeoutSeconds: 86401 } } }],
    ],
  ],
  [
    'Endpoints',
    object('v1', 'Endpoints', { subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }] }),
    [
      [{ 'subsets/0/addresses': [] }, 'subsets[0].addresses'],
      [{ 'subsets/0/addresses/0/ip': '169.254.1.1' }, 'subsets[0].addresses[0].ip'],
      [{ 'subsets/0/addresses/0/hostname': 'a.b' }, 'subsets[0].addresses[0].hostname'],
      [{ 'subsets/0/ports/1': { port: 0, name: 'a' } }, 'subsets[0].ports[0].name', 'subsets[0].ports[1].port'],
    ],
  ],
  [
    'EndpointSlice',
    object('discovery.k8s.io/v1', 'EndpointSlice', {
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.1'] }],
      ports: [{ port: 80 }],
    }),
    [
      [{ addressType: 'IPv6' }, 'endpoints[0].addresses[0]'],
      [{ addressType: 'IP' }, 'addressType'],
      [{ addressType: 'FQDN' }],
      [{ 'endpoints/0/addresses': [] }, 'endpoints[0].addresses'],
      [{ 'ports/1': { port: 81 } }, 'ports[1].name'],
    ],
  ],
  [
    'Ingress',
    object('networking.k8s.io/v1', 'Ingress', {
      spec: {
        rules: [
          {
            host: 'shop.example.org',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } }],
            },
          },
        ],
      },
    }),
    [
      [{ 'spec/rules': [] }, 'spec.rules'],
      [{ 'spec/rules/0/host': '10.0.0.1' }, 'spec.rules[0].host'],
      [{ 'spec/rules/0/host': '*.example.org' }],
      [{ 'spec/rules/0/host': 'shop.*.org' }, 'spec.rules[0].host'],
      [{ 'spec/rules/0/http/paths': [] }, 'spec.rules[0].http.paths'],
      [{ 'spec/rules/0/http/paths/0/path': 'shop' }, 'spec.rules[0].http.paths[0].path'],
      [{ 'spec/rules/0/http/paths/0/path': '/a//b' }, 'spec.rules[0].http.paths[0].path'],
      [{ 'spec/rules/0/http/paths/0/path': '/a/..' }, 'spec.rules[0].http.paths[0].path'],
      [{ 'spec/rules/0/http/paths/0/path': '' }, 'spec.rules[0].http.paths[0].path'],
      [{ 'spec/rules/0/http/paths/0/path': '', 'spec/rules/0/http/paths/0/pathType': 'ImplementationSpecific' }],
      [{ 'spec/rules/0/http/paths/0/pathType': 'prefix' }, 'spec.rules[0].http.paths[0].pathType'],
      [{ 'spec/rules/0/http/paths/0/backend': {} }, 'spec.rules[0].http.paths[0].backend'],
      [
        { 'spec/rules/0/http/paths/0/backend/resource': { kind: 'A', name: 'b' } },
        'spec.rules[0].http.paths[0].backend.resource',
      ],
      [{ 'spec/rules/0/http/paths/0/backend/service/name': '1a' }],
      [{ 'spec/rules/0/http/paths/0/backend/service/port': {} }, 'spec.rules[0].http.paths[0].backend.service.port'],
      [
        { 'spec/rules/0/http/paths/0/backend/service/port/name': 'http' },
        'spec.rules[0].http.paths[0].backend.service.port',
      ],
      [
        { 'spec/rules/0/http/paths/0/backend/service/port/number': 70000 },
        'spec.rules[0].http.paths[0].backend.service.port.number',
      ],
      [{ 'spec/tls': [{ hosts: ['a b'], secretName: 'A' }] }, 'spec.tls[0].hosts[0]', 'spec.tls[0].secretName'],
      [{ 'spec/ingressClassName': '' }, 'spec.ingressClassName'],
      [
        { 'spec/ingressClassName': 'a', 'metadata/annotations': { 'kubernetes.io/ingress.class': 'b' } },
        'metadata.annotations["kubernetes.io/ingress.class"]',
      ],
    ],
  ],
  [
    'IngressClass',
    object('networking.k8s.io/v1', 'IngressClass', { spec: { controller: 'example.org/a' } }),
    [
      [{ 'spec/controller': 'nginx' }, 'spec.controller'],
      [{ 'spec/controller': '' }, 'spec.controller'],
      [{ 'spec/parameters': { kind: 'A', name: 'a', scope: 'Namespace' } }, 'spec.parameters.namespace'],
      [{ 'spec/parameters': { kind: 'A', name: 'a', namespace: 'b' } }, 'spec.parameters.namespace'],
    ],
  ],
  [
    'NetworkPolicy',
    object('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80 }] }] },
    }),
    [
      [{ 'spec/policyTypes': ['ingress'] }, 'spec.policyTypes[0]'],
      [{ 'spec/ingress/0/from/0': {} }, 'spec.ingress[0].from[0]'],
      [{ 'spec/ingress/0/from/0/podSelector': {} }, 'spec.ingress[0].from[0].ipBlock'],
      [{ 'spec/ingress/0/from/0/ipBlock/cidr': '10.0.0.0' }, 'spec.ingress[0].from[0].ipBlock.cidr'],
      [
        { 'spec/ingress/0/from/0/ipBlock/except': ['10.1.0.0/16', '11.0.0.0/16', '10.0.0.0/8'] },
        'spec.ingress[0].from[0].ipBlock.except[1]',
        'spec.ingress[0].from[0].ipBlock.except[2]',
      ],
      [{ 'spec/ingress/0/ports/0/endPort': 79 }, 'spec.ingress[0].ports[0].endPort'],
      [{ 'spec/ingress/0/ports/0/endPort': 90 }],
      [{ 'spec/ingress/0/ports/0': { port: 'http', endPort: 90 } }, 'spec.ingress[0].ports[0].endPort'],
      [{ 'spec/ingress/0/ports/0/protocol': 'tcp' }, 'spec.ingress[0].ports[0].protocol'],
      [
        { 'spec/podSelector/matchExpressions': [{ key: 'a', operator: 'In' }] },
        'spec.podSelector.matchExpressions[0].values',
      ],
    ],
  ],
  [
    'PodDisruptionBudget',
    object('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: 1 } }),
    [
      [{ 'spec/minAvailable': '1' }, 'spec.minAvailable'],
      [{ 'spec/minAvailable': '101%' }, 'spec.minAvailable'],
      [{ 'spec/minAvailable': -1 }, 'spec.minAvailable'],
      [{ 'spec/maxUnavailable': 1 }, 'spec.maxUnavailable'],
      [{ 'spec/unhealthyPodEvictionPolicy': 'Always' }, 'spec.unhealthyPodEvictionPolicy'],
    ],
  ],
  [
    'HorizontalPodAutoscaler',
    object('autoscaling/v2', 'HorizontalPodAutoscaler', {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
        maxReplicas: 3,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
        ],
      },
    }),
    [
      [{ 'spec/maxReplicas': 0 }, 'spec.maxReplicas'],
      [{ 'spec/minReplicas': 4 }, 'spec.maxReplicas'],
      [{ 'spec/minReplicas': 0 }, 'spec.minReplicas'],
      [
        {
          'spec/minReplicas': 0,
          'spec/metrics/0': {
            type: 'External',
            external: { metric: { name: 'a' }, target: { type: 'Value', value: 1 } },
          },
        },
      ],
      [{ 'spec/scaleTargetRef/apiVersion': 'v1' }, 'spec.scaleTargetRef.apiVersion'],
      [{ 'spec/scaleTargetRef/name': 'a/b' }, 'spec.scaleTargetRef.name'],
      [{ 'spec/metrics/0/type': 'Pods' }, 'spec.metrics[0].resource', 'spec.metrics[0].pods'],
      [{ 'spec/metrics/0/type': 'CPU' }, 'spec.metrics[0].type'],
      [
        { 'spec/metrics/0/resource/target': { type: 'Utilization' } },
        'spec.metrics[0].resource.target.averageUtilization',
      ],
      [
        { 'spec/metrics/0/resource/target/averageUtilization': 0 },
        'spec.metrics[0].resource.target.averageUtilization',
      ],
      [{ 'spec/metrics/0/resource/target/averageValue': '1' }, 'spec.metrics[0].resource.target.averageValue'],
      [{ 'spec/behavior': { scaleDown: { policies: [] } } }, 'spec.behavior.scaleDown.policies'],
      [
        { 'spec/behavior': { scaleUp: { policies: [{ type: 'Pods', value: 0, periodSeconds: 1801 }] } } },
        'spec.behavior.scaleUp.policies[0].value',
        'spec.behavior.scaleUp.policies[0].periodSeconds',
      ],
      [
        { 'spec/behavior': { scaleUp: { stabilizationWindowSeconds: 3601, selectPolicy: 'Most' } } },
        'spec.behavior.scaleUp.stabilizationWindowSeconds',
        'spec.behavior.scaleUp.selectPolicy',
      ],
    ],
  ],
  [
    'ClusterRole',
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', {
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    }),
    [
      [{ 'rules/0/verbs': [] }, 'rules[0].verbs'],
      [{ 'rules/0/apiGroups': undefined }, 'rules[0].apiGroups'],
      [{ 'rules/0/resources': [] }, 'rules[0].resources'],
      [{ 'rules/0/nonResourceURLs': ['/a'] }, 'rules[0].nonResourceURLs'],
      [{ 'rules/0': { nonResourceURLs: ['/a'], verbs: ['get'] } }],
      [{ aggregationRule: {} }, 'aggregationRule.clusterRoleSelectors'],
    ],
  ],
  [
    'Role',
    object('rbac.authorization.k8s.io/v1', 'Role', { rules: [] }),
    [[{ 'rules/0': { nonResourceURLs: ['/a'], verbs: ['get'] } }, 'rules[0].nonResourceURLs']],
  ],
  [
    'RoleBinding',
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
      roleRef: { kind: 'Role', name: 'a' },
      subjects: [
        { kind: 'ServiceAccount', name: 'a' },
        { kind: 'User', name: 'B C' },
      ],
    }),
    [
      [{ 'roleRef/kind': 'Nope' }, 'roleRef.kind'],
      [{ 'roleRef/name': 'a/b' }, 'roleRef.name'],
      [{ 'roleRef/apiGroup': 'apps' }, 'roleRef.apiGroup'],
      [{ 'subjects/0/name': 'A' }, 'subjects[0].name'],
      [{ 'subjects/0/apiGroup': 'a' }, 'subjects[0].apiGroup'],
      [{ 'subjects/1/apiGroup': 'a' }, 'subjects[1].apiGroup'],
      [{ 'subjects/1/kind': 'Person' }, 'subjects[1].kind'],
      [{ 'subjects/1/name': '' }, 'subjects[1].name'],
    ],
  ],
  [
    'ClusterRoleBinding',
    object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', {
      roleRef: { kind: 'ClusterRole', name: 'a' },
      subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'b' }],
    }),
    [
      [{ 'roleRef/kind': 'Role' }, 'roleRef.kind'],
      [{ 'subjects/0/namespace': undefined }, 'subjects[0].namespace'],
    ],
  ],
  [
    'ResourceQuota',
    object('v1', 'ResourceQuota', { spec: { hard: { pods: '3' }, scopes: ['NotTerminating'] } }),
    [
      [{ 'spec/hard/pods': '1.5' }, 'spec.hard.pods'],
      [{ 'spec/hard/pods': -1 }, 'spec.hard.pods'],
      [{ 'spec/hard/deployments': '1' }, 'spec.hard.deployments'],
      [{ 'spec/hard/requests.storage': '1Gi' }, 'spec.scopes[0]'],
      [{ 'spec/scopes': ['Terminating', 'NotTerminating'] }, 'spec.scopes'],
      [{ 'spec/scopes': ['Running'] }, 'spec.scopes[0]'],
      [
        { 'spec/scopeSelector': { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In' }] } },
        'spec.scopeSelector.matchExpressions[0].values',
      ],
      [
        { 'spec/scopeSelector': { matchExpressions: [{ scopeName: 'BestEffort', operator: 'In', values: ['a'] }] } },
        'spec.scopeSelector.matchExpressions[0].operator',
      ],
    ],
  ],
  [
    'LimitRange',
    object('v1', 'LimitRange', { spec: { limits: [{ type: 'Container', max: { memory: '1Gi' } }] } }),
    [
      [{ 'spec/limits/0/type': 'container' }, 'spec.limits[0].type'],
      [{ 'spec/limits/0/min': { memory: '2Gi' } }, 'spec.limits[0].min.memory'],
      [{ 'spec/limits/0/default': { memory: '2Gi' } }, 'spec.limits[0].defaultRequest.memory'],
      [{ 'spec/limits/0/defaultRequest': { memory: '2Gi' } }, 'spec.limits[0].defaultRequest.memory'],
      [{ 'spec/limits/0/maxLimitRequestRatio': { memory: '0.5' } }, 'spec.limits[0].maxLimitRequestRatio.memory'],
      [{ 'spec/limits/0/max': { storage: '1Gi' } }, 'spec.limits[0].max.storage'],
      [{ 'spec/limits/1': { type: 'Container' } }, 'spec.limits[1].type'],
      [{ 'spec/limits/0': { type: 'Pod', default: { cpu: 1 } } }, 'spec.limits[0].default'],
      [{ 'spec/limits/0': { type: 'PersistentVolumeClaim' } }, 'spec.limits[0].max.storage'],
      [
        { 'spec/limits/0': { type: 'Container', default: { 'a.b/gpu': '2' }, defaultRequest: { 'a.b/gpu': '1' } } },
        'spec.limits[0].defaultRequest["a.b/gpu"]',
      ],
    ],
  ],
  [
    'ServiceAccount',
    object('v1', 'ServiceAccount', { secrets: [{ name: 'shop' }] }),
    [[{ 'secrets/0': {} }, 'secrets[0].name'], [{ 'secrets/0/name': '' }]],
  ],
  [
    'Namespace',
    object('v1', 'Namespace', {}),
    [
      [
        { 'metadata/labels': { 'pod-security.kubernetes.io/enforce': '' } },
        'metadata.labels["pod-security.kubernetes.io/enforce"]',
      ],
      [
        { 'metadata/labels': { 'pod-security.kubernetes.io/warn-version': 'v1.09' } },
        'metadata.labels["pod-security.kubernetes.io/warn-version"]',
      ],
      [{ 'metadata/labels': { 'pod-security.kubernetes.io/audit': 'baseline' } }],
      [{ 'spec/finalizers': ['mine'] }, 'spec.finalizers[0]'],
    ],
  ],
  [
    'ConfigMap',
    object('v1', 'ConfigMap', { data: { a: 'b' } }),
    [
      [{ binaryData: { a: 'YQ==' } }, 'data.a'],
      [{ data: { '..': 'b' } }, 'data[".."]'],
      [{ data: { a: 'x'.repeat(1048577) } }, 'data'],
      [{ 'metadata/annotations': { a: 'x'.repeat(262144) } }, 'metadata.annotations'],
      [{ 'metadata/finalizers': ['mine'] }, 'metadata.finalizers[0]'],
      [
        { 'metadata/ownerReferences': [{ apiVersion: 'v1', kind: 'Pod', name: 'a' }] },
        'metadata.ownerReferences[0].uid',
      ],
    ],
  ],
  [
    'Secret',
    object('v1', 'Secret', { type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': '{}' } }),
    [
      [{ 'stringData/.dockerconfigjson': '{' }, 'stringData[".dockerconfigjson"]'],
      [{ 'stringData/.dockerconfigjson': 'ENC[AES256_GCM,data:a]' }],
      [{ stringData: undefined }, 'data[".dockerconfigjson"]'],
      [{ stringData: undefined, data: { '.dockerconfigjson': 'W10=' } }, 'data[".dockerconfigjson"]'],
      [{ type: 'kubernetes.io/tls' }, 'data["tls.crt"]', 'data["tls.key"]'],
      [{ type: 'kubernetes.io/basic-auth' }, 'data.username', 'data.password'],
      [{ type: 'kubernetes.io/basic-auth', stringData: { username: 'a' } }],
      [{ type: 'kubernetes.io/ssh-auth', stringData: { 'ssh-privatekey': '' } }, 'stringData.ssh-privatekey'],
      [{ type: 'kubernetes.io/service-account-token' }, 'metadata.annotations["kubernetes.io/service-account.name"]'],
      [{ type: 'Opaque', stringData: {} }],
    ],
  ],
  [
    'PersistentVolume',
    object('v1', 'PersistentVolume', {
      spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], csi: { driver: 'a.b', volumeHandle: 'c' } },
    }),
    [
      [{ 'spec/capacity': {} }, 'spec.capacity.storage'],
      [{ 'spec/capacity/storage': '0' }, 'spec.capacity.storage'],
      [{ 'spec/accessModes': ['ReadWriteOncePod', 'ReadWriteMany'] }, 'spec.accessModes'],
      [{ 'spec/persistentVolumeReclaimPolicy': 'Keep' }, 'spec.persistentVolumeReclaimPolicy'],
      [{ 'spec/nfs': { server: 'a', path: '/' } }, 'spec.csi'],
      [{ 'spec/csi': undefined }, 'spec'],
      [{ 'spec/csi/volumeHandle': '' }, 'spec.csi.volumeHandle'],
      [{ 'spec/csi': undefined, 'spec/local': { path: '/a' } }, 'spec.nodeAffinity'],
      [{ 'spec/csi/nodePublishSecretRef': { name: 'a' } }, 'spec.csi.nodePublishSecretRef.namespace'],
    ],
  ],
  [
    'StorageClass',
    object('storage.k8s.io/v1', 'StorageClass', { provisioner: 'a.b' }),
    [
      [{ provisioner: '' }, 'provisioner'],
      [{ reclaimPolicy: 'Recycle' }, 'reclaimPolicy'],
      [{ volumeBindingMode: '' }, 'volumeBindingMode'],
      [
        { allowedTopologies: [{ matchLabelExpressions: [{ key: 'a', values: ['b', 'b'] }] }] },
        'allowedTopologies[0].matchLabelExpressions[0].values[1]',
      ],
    ],
  ],
  [
    'VolumeAttributesClass',
    object('storage.k8s.io/v1', 'VolumeAttributesClass', { driverName: 'a', parameters: { b: 'c' } }),
    [[{ parameters: {} }, 'parameters']],
  ],
  [
    'CSIDriver',
    object('storage.k8s.io/v1', 'CSIDriver', { spec: {} }),
    [
      [{ 'spec/fsGroupPolicy': 'Files' }, 'spec.fsGroupPolicy'],
      [{ 'spec/volumeLifecycleModes': ['Inline'] }, 'spec.volumeLifecycleModes[0]'],
      [
        { 'spec/tokenRequests': [{ audience: 'a', expirationSeconds: 1 }, { audience: 'a' }] },
        'spec.tokenRequests[0].expirationSeconds',
        'spec.tokenRequests[1].audience',
      ],
    ],
  ],
  [
    'PriorityClass',
    object('scheduling.k8s.io/v1', 'PriorityClass', { value: 1000 }),
    [
      [{ value: 1000000001 }, 'value'],
      [{ preemptionPolicy: '' }, 'preemptionPolicy'],
      [{ 'metadata/name': 'system-mine' }, 'metadata.name'],
      [{ 'metadata/name': 'system-node-critical', value: 2000001000 }],
    ],
  ],
  [
    'RuntimeClass',
    object('node.k8s.io/v1', 'RuntimeClass', { handler: 'runsc' }),
    [
      [{ handler: 'a.b' }, 'handler'],
      [{ overhead: { podFixed: { pods: '1' } } }, 'overhead.podFixed.pods'],
      [{ 'scheduling/tolerations': [{ operator: 'Equal' }] }, 'scheduling.tolerations[0].operator'],
    ],
  ],
  [
    'Lease',
    object('coordination.k8s.io/v1', 'Lease', { spec: {} }),
    [[{ 'spec/leaseDurationSeconds': 0 }, 'spec.leaseDurationSeconds']],
  ],
  [
    'ValidatingWebhookConfiguration',
    object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
      webhooks: [
        {
          name: 'a.example.org',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          clientConfig: { service: { name: 'a', namespace: 'b' } },
          rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
      ],
    }),
    [
      [{ 'webhooks/0/name': 'a.b' }, 'webhooks[0].name'],
      [{ 'webhooks/0/sideEffects': 'Some' }, 'webhooks[0].sideEffects'],
      [{ 'webhooks/0/admissionReviewVersions': ['v2'] }, 'webhooks[0].admissionReviewVersions'],
      [{ 'webhooks/0/timeoutSeconds': 31 }, 'webhooks[0].timeoutSeconds'],
      [{ 'webhooks/0/clientConfig/url': 'https://a' }, 'webhooks[0].clientConfig.service'],
      [{ 'webhooks/0/clientConfig': { url: 'http://a' } }, 'webhooks[0].clientConfig.url'],
      [{ 'webhooks/0/clientConfig/service/path': 'a' }, 'webhooks[0].clientConfig.service.path'],
      [{ 'webhooks/0/rules/0/operations': ['*', 'CREATE'] }, 'webhooks[0].rules[0].operations'],
      [{ 'webhooks/0/rules/0/resources': ['pods/*', 'pods/log'] }, 'webhooks[0].rules[0].resources[1]'],
      [{ 'webhooks/0/rules/0/scope': 'All' }, 'webhooks[0].rules[0].scope'],
      [{ 'webhooks/0/failurePolicy': 'Stop' }, 'webhooks[0].failurePolicy'],
    ],
  ],
  [
    'ValidatingAdmissionPolicy',
    object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', {
      spec: {
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
        validations: [{ expression: 'true' }],
      },
    }),
    [
      [{ 'spec/matchConstraints': undefined }, 'spec.matchConstraints.resourceRules'],
      [{ 'spec/validations': [] }, 'spec.validations'],
      [{ 'spec/validations/0/message': 'a\nb' }, 'spec.validations[0].message'],
      [{ 'spec/validations/0/reason': 'Because' }, 'spec.validations[0].reason'],
      [
        { 'spec/paramKind': { apiVersion: 'v1/v2/v3', kind: 'a b' } },
        'spec.paramKind.apiVersion',
        'spec.paramKind.kind',
      ],
      [
        { 'spec/variables': [{ name: 'in', expression: ' ' }] },
        'spec.variables[0].name',
        'spec.variables[0].expression',
      ],
      [
        {
          'spec/variables': [
            { name: 'a', expression: '"variables.b".size() + variables.b' },
            { name: 'b', expression: 'object.variables.c' },
            { name: 'c', expression: 'variables.a + variables . b' },
            { name: 'd', expression: 'variables.d' },
            { name: 'e', expression: '[1].map(variables, variables.x)' },
          ],
        },
        'spec.variables[0].expression',
        'spec.variables[3].expression',
      ],
      [
        {
          'spec/variables': [{ name: 'a', expression: '1' }],
          'spec/matchConditions': [{ name: 'a', expression: 'variables.a > 0' }],
        },
        'spec.matchConditions[0].expression',
      ],
      [
        {
          'spec/validations/0': { expression: 'variables.a', messageExpression: 'variables.b' },
          'spec/variables': [{ name: 'a', expression: 'true' }],
          'spec/auditAnnotations': [{ key: 'a', valueExpression: 'variables.c' }],
        },
        'spec.validations[0].messageExpression',
        'spec.auditAnnotations[0].valueExpression',
      ],
    ],
  ],
  [
    'ValidatingAdmissionPolicyBinding',
    object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', {
      spec: { policyName: 'a', validationActions: ['Deny'] },
    }),
    [
      [{ 'spec/validationActions': ['Deny', 'Warn'] }, 'spec.validationActions'],
      [{ 'spec/validationActions': [] }, 'spec.validationActions'],
      [{ 'spec/paramRef': { parameterNotFoundAction: 'Deny' } }, 'spec.paramRef.name'],
    ],
  ],
  [
    'MutatingAdmissionPolicy',
    object('admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', {
      spec: {
        reinvocationPolicy: 'Never',
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
        mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: '[]' } }],
      },
    }),
    [
      [
        { 'spec/mutations/0/patchType': 'ApplyConfiguration' },
        'spec.mutations[0].applyConfiguration',
        'spec.mutations[0].jsonPatch',
      ],
      [
        { 'spec/matchConstraints/resourceRules/0/operations': ['DELETE'] },
        'spec.matchConstraints.resourceRules[0].operations[0]',
      ],
      [{ 'spec/reinvocationPolicy': '' }, 'spec.reinvocationPolicy'],
    ],
  ],
  [
    'FlowSchema',
    object('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', {
      spec: {
        priorityLevelConfiguration: { name: 'a' },
        rules: [
          {
            subjects: [{ kind: 'User', user: { name: 'a' } }],
            resourceRules: [{ verbs: ['get'], apiGroups: ['*'], resources: ['*'], clusterScope: true }],
          },
        ],
      },
    }),
    [
      [{ 'spec/matchingPrecedence': 1 }, 'spec.matchingPrecedence'],
      [
        { 'spec/rules/0/subjects/0/kind': 'Group' },
        'spec.rules[0].subjects[0].user',
        'spec.rules[0].subjects[0].group',
      ],
      [{ 'spec/rules/0/resourceRules/0/verbs': ['*', 'get'] }, 'spec.rules[0].resourceRules[0].verbs'],
      [{ 'spec/rules/0/resourceRules/0/clusterScope': false }, 'spec.rules[0].resourceRules[0].namespaces'],
    ],
  ],
  [
    'PriorityLevelConfiguration',
    object('flowcontrol.apiserver.k8s.io/v1', 'PriorityLevelConfiguration', {
      spec: { type: 'Limited', limited: { limitResponse: { type: 'Reject' } } },
    }),
    [
      [{ 'spec/type': 'Exempt' }, 'spec.limited', 'spec.type'],
      [{ 'spec/limited/limitResponse/type': 'Queue' }, 'spec.limited.limitResponse.queuing'],
      [
        { 'spec/limited/limitResponse': { type: 'Queue', queuing: { queues: 64, handSize: 65 } } },
        'spec.limited.limitResponse.queuing.handSize',
      ],
      [{ 'spec/limited/lendablePercent': 101 }, 'spec.limited.lendablePercent'],
    ],
  ],
  [
    'CustomResourceDefinition',
    {
      ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
        spec: {
          group: 'example.org',
          scope: 'Namespaced',
          names: { kind: 'Shop', plural: 'shops' },
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              schema: {
                openAPIV3Schema: {
                  type: 'object',
                  properties: {
                    spec: { type: 'object', properties: { items: { type: 'array', items: { type: 'string' } } } },
                  },
                },
              },
            },
          ],
        },
      }),
      metadata: { name: 'shops.example.org' },
    },
    [
      [{ 'metadata/name': 'shop.example.org' }, 'metadata.name'],
      [{ 'spec/group': 'example', 'metadata/name': 'shops.example' }, 'spec.group'],
      [{ 'spec/scope': 'Namespace' }, 'spec.scope'],
      [{ 'spec/names/shortNames': ['A'] }, 'spec.names.shortNames[0]'],
      [{ 'spec/versions/0/storage': false }, 'spec.versions'],
      [{ 'spec/versions/1': { name: 'v1', schema: { openAPIV3Schema: { type: 'object' } } } }, 'spec.versions[1].name'],
      [{ 'spec/versions/0/schema': undefined }, 'spec.versions[0].schema.openAPIV3Schema'],
      [{ 'spec/conversion': { strategy: 'Webhook' } }, 'spec.conversion.webhook'],
      [
        { 'spec/versions/0/schema/openAPIV3Schema/properties/spec/type': 'objekt' },
        'spec.versions[0].schema.openAPIV3Schema.properties.spec.type',
      ],
      [
        { 'spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/items/items': undefined },
        'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.items.items',
      ],
      [
        { 'spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/items/items/pattern': '(?=a)' },
        'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.items.items.pattern',
      ],
      [
        { 'spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/items/x-kubernetes-list-type': 'map' },
        'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.items.x-kubernetes-list-map-keys',
      ],
      [
        { 'spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/items/uniqueItems': true },
        'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.items.uniqueItems',
      ],
      [
        { 'spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/items/items/default': 1 },
        'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.items.items.default',
      ],
      [
        { 'spec/versions/0/schema/openAPIV3Schema/properties/spec/x-kubernetes-validations': [{ message: 'a' }] },
        'spec.versions[0].schema.openAPIV3Schema.properties.spec.x-kubernetes-validations[0].rule',
      ],
      [
        { 'spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/any': {} },
        'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.any.type',
      ],
      [
        { 'spec/versions/0/schema/openAPIV3Schema/properties/spec/anyOf': [{ type: 'object' }] },
        'spec.versions[0].schema.openAPIV3Schema.properties.spec.anyOf[0].type',
      ],
    ],
  ],
  [
    'CertificateSigningRequest',
    object('certificates.k8s.io/v1', 'CertificateSigningRequest', {
      spec: {
        signerName: 'example.org/a',
        usages: ['client auth'],
        request: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K',
      },
    }),
    [
      [{ 'spec/signerName': 'a' }, 'spec.signerName'],
      [{ 'spec/usages': ['web'] }, 'spec.usages[0]'],
      [{ 'spec/expirationSeconds': 60 }, 'spec.expirationSeconds'],
      [{ 'spec/request': 'YQ==' }, 'spec.request'],
    ],
  ],
  [
    'ResourceClaim',
    object('resource.k8s.io/v1', 'ResourceClaim', {
      spec: { devices: { requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu.example.org' } }] } },
    }),
    [
      [{ 'spec/devices/requests/0/exactly': undefined }, 'spec.devices.requests[0]'],
      [
        { 'spec/devices/requests/0/exactly/allocationMode': 'All', 'spec/devices/requests/0/exactly/count': 1 },
        'spec.devices.requests[0].exactly.count',
      ],
      [
        { 'spec/devices/constraints': [{ requests: ['cpu'], matchAttribute: 'a/b' }] },
        'spec.devices.constraints[0].requests[0]',
      ],
    ],
  ],
  [
    'ServiceCIDR',
    object('networking.k8s.io/v1', 'ServiceCIDR', { spec: { cidrs: ['10.0.0.0/16'] } }),
    [
      [{ 'spec/cidrs': [] }, 'spec.cidrs'],
      [{ 'spec/cidrs': ['10.0.0.0/16', '10.1.0.0/16'] }, 'spec.cidrs[1]'],
    ],
  ],
  [
    'Node',
    object('v1', 'Node', { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } }),
    [
      [{ 'spec/taints/0/effect': 'Never' }, 'spec.taints[0].effect'],
      [{ 'spec/taints/1': { key: 'a', effect: 'NoSchedule', value: 'b' } }, 'spec.taints[1]'],
    ],
  ],
  [
    'APIService',
    {
      ...object('apiregistration.k8s.io/v1', 'APIService', {
        spec: {
          group: 'a.b',
          version: 'v1',
          groupPriorityMinimum: 100,
          versionPriority: 100,
          service: { name: 'a', namespace: 'b' },
        },
      }),
      metadata: { name: 'v1.a.b' },
    },
    [
      [{ 'metadata/name': 'a.b' }, 'metadata.name'],
      [{ 'spec/versionPriority': 1001 }, 'spec.versionPriority'],
      [{ 'spec/insecureSkipTLSVerify': true, 'spec/caBundle': 'YQ==' }, 'spec.insecureSkipTLSVerify'],
    ],
  ],
];

describe.each(kinds)('%s', (_kind, valid, rows) => {
  test('a valid one is taken, and so is one with a value that nobody knows', () => {
    expect(refused(valid)).toEqual([]);
    expect(refusedOfUnknown(valid)).toEqual([]);
  });

  test.each(rows.map(([changes, ...places]) => ({ changes, places })))('$changes', ({ changes, places }) => {
    expect(refused(valid, changes)).toEqual(places);
  });
});
