import { openCharts } from '../../../lib/graph/releases';
import { fluxKustomization, graphOf, object } from '../../graph/graph';
import { fakeCharts } from '../../graph/releases/fake-charts';
import { pagesIn, section } from './site';

const repository = object(
  'source.toolkit.fluxcd.io/v1',
  'HelmRepository',
  'charts',
  'spec: { url: https://charts.example.org }',
);
const release = object(
  'helm.toolkit.fluxcd.io/v2',
  'HelmRelease',
  'shop',
  'spec: { chart: { spec: { chart: web, version: 1.x, sourceRef: { kind: HelmRepository, name: charts } } } }',
);
const labels = { app: 'shop' };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'shop', image: 'example.org/shop:1' }] } },
  },
};

test('what a chart makes runs in its app, and is listed with its HelmRelease', async () => {
  const closed = graphOf({ 'ks.yaml': fluxKustomization('shop', './shop'), 'shop/all.yaml': repository + release });
  const charts = fakeCharts({ web: { version: '1.2.3', render: () => [deployment] } });
  const graph = await openCharts(closed, charts, { kubeVersion: '1.36.0' });
  const page = [...pagesIn(graph)].find(([path]) => path.endsWith('shop.md'))?.[1] ?? '';
  expect(section(page, '## Components and manifests')).toContain(
    'HelmRelease `shop` installs the chart `web` `1.2.3`, which makes 1 Deployment\n',
  );
  expect(section(page, '## Components and manifests')).not.toContain('Deployment `shop`');
  expect(section(page, '## What runs and how it is reached')).toContain(
    '| Deployment `shop`: `shop` | `example.org/shop:1` |',
  );
});
