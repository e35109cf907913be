import { type Impact, impactOf } from '../../../lib/changes/impact';
import type { Graph } from '../../../lib/graph/graph';
import { subjectCalled } from '../../../lib/graph/subjects';
import { fluxKustomization, graphOf, object } from '../../graph/graph';
import { shop } from '../../report/pictures/trees';
import type { Texts } from '../../tree/kustomize/memory';

/** An app behind a Service and a route, with a database, a volume and variables; another app that names its address. */
export const served: Texts = {
  ...shop,
  'flux/front.yaml':
    fluxKustomization(
      'front',
      './front',
      'wait: true\npostBuild: { substituteFrom: [{ kind: ConfigMap, name: settings }] }',
    ) + fluxKustomization('after', './after', 'dependsOn: [{ name: front }]'),
  'flux/settings.yaml': object('v1', 'ConfigMap', 'settings', 'data: { DOMAIN: example.org, OTHER: x }', 'flux-system'),
  'front/app.yaml':
    object(
      'apps/v1',
      'Deployment',
      'front',
      `spec:
  selector: { matchLabels: { app: front } }
  template:
    metadata: { labels: { app: front } }
    spec:
      containers:
        - name: front
          env: [{ name: PASSWORD, valueFrom: { secretKeyRef: { name: db-app, key: password } } }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]`,
    ) +
    object('v1', 'Service', 'front', 'spec: { selector: { app: front }, ports: [{ port: 80 }] }') +
    object('v1', 'PersistentVolumeClaim', 'data', 'spec: {}') +
    object(
      'gateway.networking.k8s.io/v1',
      'HTTPRoute',
      'front',
      'spec: { hostnames: ["shop.${DOMAIN}"], rules: [{ backendRefs: [{ name: front, port: 80 }] }] }',
    ) +
    object('postgresql.cnpg.io/v1', 'Cluster', 'db', 'spec: { instances: 1, storage: { size: 1Gi } }'),
  'after/map.yaml': object(
    'v1',
    'ConfigMap',
    'links',
    'data: { api: "http://front.shop.svc:80/", page: "https://shop.example.org/a" }',
    'links',
  ),
};

/** What is told of something in the first cluster of a tree. */
export function told(texts: Texts, name: string): Impact {
  const graph: Graph = graphOf(texts);
  const [cluster] = graph.clusters;
  if (cluster === undefined) throw new Error('the tree has no cluster');
  const meaning = subjectCalled(cluster, name);
  if (meaning.state !== 'found') throw new Error(`${name}: ${JSON.stringify(meaning)}`);
  return impactOf(meaning.subject, graph, cluster, 'home');
}

/** Effects as lines, each as far in as it is away. */
export function lines(effects: Impact['ifGone']): string[] {
  return effects.map(({ object, message, distance }) => `${'  '.repeat(distance)}${object} ${message}`);
}
