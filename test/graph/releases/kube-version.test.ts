import { kubeVersionFor } from '../../../lib/graph/releases/kube-version';
import type { Chart } from '../../../lib/tree/charts/chart';

const chart = (kubeVersion?: string): Chart => ({
  name: 'web',
  version: '1.0.0',
  digest: 'sha256:web',
  metadata: { name: 'web', version: '1.0.0', ...(kubeVersion !== undefined && { kubeVersion }) },
  files: new Map(),
  archive: 'web.tgz',
});

describe('the release of Kubernetes that a chart is rendered for', () => {
  test.each([
    ['any', undefined, '1.37.0'],
    ['a range that holds the newest', '>=1.25.0-0', '1.37.0'],
    ['a range that ends before', '>=1.22.0-0 <1.36.0-0', '1.35.0'],
    ['a range of releases that are none of them', '<1.20', '1.37.0'],
    ['no range', 'new', '1.37.0'],
  ])('is the newest that it takes: %s', (_, range, expected) => {
    expect(kubeVersionFor(chart(range), '1.37.0', ['1.36.0', '1.35.0', '1.34.0'])).toBe(expected);
  });

  test('is what the user says, whatever the chart takes', () => {
    expect(kubeVersionFor(chart('<1.36.0-0'), '1.37.0')).toBe('1.37.0');
  });
});
