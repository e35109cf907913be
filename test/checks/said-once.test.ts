import { checks } from '../../lib/checks';
import { runChecks } from '../../lib/checks/run';
import { makeGraph } from '../../lib/graph/make-graph';
import { makeBuild } from '../../lib/tree/kustomize';
import { sourceOfTree } from '../../lib/tree/source';

/** Kustomizations that have no retryInterval, one of which says that it is meant so. */
function graphOf(names: readonly string[]) {
  const files = names.flatMap((name) => [
    {
      path: `cluster/${name}.yaml`,
      madeBy: 'a test',
      documents: [
        {
          apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
          kind: 'Kustomization',
          metadata: {
            name,
            namespace: 'flux-system',
            ...(name === 'meant' && {
              annotations: { 'espalier/ignore': 'flux/no-retry-interval: once an hour is enough' },
            }),
          },
          spec: {
            interval: '1h',
            path: `./apps/${name}`,
            prune: true,
            wait: true,
            sourceRef: { kind: 'GitRepository', name: 'flux-system' },
          },
        },
      ],
    },
    {
      path: `apps/${name}/settings.yaml`,
      madeBy: 'a test',
      documents: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data: { a: 'b' } }],
    },
  ]);
  const tree = sourceOfTree({ files }, new Map(), process.cwd());
  return makeGraph({ ...tree, location: '' }, makeBuild(tree));
}

const told = (names: readonly string[], each?: boolean) =>
  runChecks(graphOf(names), { checks, each }).findings.map(({ message, places }) => ({ message, places }));

describe('what every Kustomization lacks', () => {
  it('is said of one as of that one', () => {
    expect(told(['one', 'meant'])).toEqual([
      {
        message: 'without retryInterval, Flux retries after a failure only when the interval of 1h is over',
        places: undefined,
      },
    ]);
  });

  it('is said once of many, with their places, without those that turned it off', () => {
    expect(told(['one', 'two', 'meant'])).toEqual([
      {
        message:
          '2 Kustomizations have an interval above 10m and no retryInterval, so Flux retries after a failure only when the interval is over: cluster/one.yaml:1, cluster/two.yaml:1',
        places: ['cluster/one.yaml:1', 'cluster/two.yaml:1'],
      },
    ]);
  });

  it('is said of each to those who compare findings', () => {
    expect(told(['one', 'two'], true)).toHaveLength(2);
  });
});
