import { checks } from '../../../lib/checks';
import * as flux from '../../../lib/checks/flux';
import { runChecks } from '../../../lib/checks/run';
import { dependentsOf } from '../../../lib/graph/dependents';
import { makeGraph } from '../../../lib/graph/make-graph';
import type { Json } from '../../../lib/json/json';
import { fluxOrder } from '../../../lib/pictures/flux-order';
import { makeBuild } from '../../../lib/tree/kustomize';
import { sourceOfTree } from '../../../lib/tree/source';

/** A cluster of Kustomizations that apply a ConfigMap each; `needs` says which each waits for. */
function clusterOf(count: number, needs: (i: number) => readonly number[]) {
  const source = { kind: 'GitRepository', name: 'flux-system' };
  const file = (path: string, document: Json) => ({ path, madeBy: 'a test', documents: [document] });
  const kustomization = (name: string, path: string, dependsOn: readonly string[]) => ({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: {
      interval: '10m',
      retryInterval: '1m',
      path,
      prune: true,
      wait: name !== 'flux-system',
      sourceRef: source,
      ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((name) => ({ name })) }),
    },
  });
  const files = [file('cluster/sync.yaml', kustomization('flux-system', './cluster', []))];
  for (let i = 0; i < count; i += 1) {
    const names = needs(i).map((other) => `k${other}`);
    files.push(file(`cluster/k${i}.yaml`, kustomization(`k${i}`, `./apps/k${i}`, names)));
    const metadata = { name: `c${i}`, namespace: 'default' };
    files.push(file(`apps/k${i}/map.yaml`, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' } }));
  }
  const tree = sourceOfTree({ files }, new Map(), '/nowhere');
  return makeGraph({ ...tree, location: '' }, makeBuild(tree));
}

const layered = (width: number) => (i: number) => {
  const first = Math.floor(i / width) * width - width;
  return first < 0 ? [] : Array.from({ length: width }, (_, j) => first + j);
};

const found = (graph: ReturnType<typeof clusterOf>, rules = checks) =>
  runChecks(graph, { checks: rules }).findings.map(({ rule, message }) => `${rule}: ${message}`);

/** Every way through the layers, or a step of recursion for each Kustomization, would never come to an end. */
describe('orders of thousands of Kustomizations', () => {
  it('of layers that wait for all of the layer before have nothing wrong', () => {
    expect(found(clusterOf(4000, layered(4)))).toEqual([]);
  });

  it('of wide layers have nothing wrong', () => {
    expect(found(clusterOf(1000, layered(50)), Object.values(flux))).toEqual([]);
  });

  it('of one long chain have nothing wrong, and each waits for all before it', () => {
    const graph = clusterOf(4000, (i) => (i === 0 ? [] : [i - 1]));
    expect(found(graph)).toEqual([]);
    const [cluster] = graph.clusters;
    const first = cluster?.kustomization('flux-system', 'k0');
    expect(cluster && first && dependentsOf(first, cluster)).toHaveLength(3999);
    // What the root applies comes after it anyhow; the first has nothing else before it.
    expect(cluster && fluxOrder(cluster).edges.filter(({ implied }) => implied)).toHaveLength(3999);
  });

  it('of which all wait for one have nothing wrong', () => {
    expect(found(clusterOf(4000, (i) => (i === 0 ? [] : [0])))).toEqual([]);
  });

  it('tell the one circle that is in them', () => {
    const graph = clusterOf(2000, (i) => (i === 400 ? [...layered(4)(i), 403, 1999] : layered(4)(i)));
    const messages = found(graph);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^flux\/depends-on-cycle: /);
  });

  it('tell the one Kustomization that is missing', () => {
    // Among so many names, none is looked for that is near.
    expect(found(clusterOf(2000, (i) => (i === 1999 ? [...layered(4)(i), 5000] : layered(4)(i))))).toEqual([
      'flux/depends-on-missing: there is no Kustomization k5000 in namespace flux-system',
    ]);
  });
});
