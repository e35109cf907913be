import { unpackChart } from '../../../lib/tree/charts/archive';
import { packChart } from '../../../lib/tree/charts/pack';

const bytes = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));

test('packs the same files into the same archive, and unpacks them again', () => {
  const long = `templates/${'a'.repeat(200)}/${'b'.repeat(120)}.yaml`;
  const files = { 'Chart.yaml': 'name: web\n', [long]: 'long: true\n', 'values.yaml': '' };
  const packed = packChart('web', bytes(files));
  const unpacked = Object.fromEntries([...unpackChart(packed)].map(([path, text]) => [path, String(text)]));
  expect(unpacked).toEqual(files);
  expect(packChart('web', new Map([...bytes(files)].reverse()))).toEqual(packed);
});

test('unpacks the archives of subcharts in their places', () => {
  const redis = packChart('redis', bytes({ 'Chart.yaml': 'name: redis\n' }));
  const archive = packChart(
    'web',
    new Map([
      ['charts/redis-1.2.3.tgz', redis],
      ['Chart.yaml', Buffer.from('')],
    ]),
  );
  expect([...unpackChart(archive).keys()]).toEqual(['Chart.yaml', 'charts/redis/Chart.yaml']);
});
