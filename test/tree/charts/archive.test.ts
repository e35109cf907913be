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

test('unpacks the archives of subcharts in their places, hidden ones apart', () => {
  const redis = packChart('redis', bytes({ 'Chart.yaml': 'name: redis\n' }));
  const files = {
    'Chart.yaml': Buffer.from(''),
    'charts/redis-1.2.3.tgz': redis,
    'charts/cache/charts/redis-1.2.3.tgz': redis,
    'charts/_redis-1.2.3.tgz': redis,
    'files/redis-1.2.3.tgz': redis,
  };
  expect([...unpackChart(packChart('web', new Map(Object.entries(files)))).keys()]).toEqual([
    'Chart.yaml',
    'charts/_redis-1.2.3.tgz',
    'charts/cache/charts/redis/Chart.yaml',
    'charts/redis/Chart.yaml',
    'files/redis-1.2.3.tgz',
  ]);
});
