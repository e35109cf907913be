import { cronFault, sixFieldCron } from '../../lib/systems/cron';
import { fluxDuration, parseDuration } from '../../lib/systems/duration';
import { pinnedImage } from '../../lib/systems/image';
import { dataKey, dnsLabel, dnsSubdomain, environmentName, hostname } from '../../lib/systems/kubernetes/names';
import { compareQuantities, parseQuantity, quantity, requestsAboveLimits } from '../../lib/systems/kubernetes/quantity';
import { pinnedVersion } from '../../lib/systems/release';
import { describeFormats, type TriedFormats } from '../formats';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const formats: TriedFormats = {
  dnsLabel: {
    format: dnsLabel,
    accepts: ['a', '1', 'my-app', 'a--b', 'a'.repeat(63)],
    refuses: ['', '-a', 'a-', 'A', 'my_app', 'a.b', 'a'.repeat(64), 'a b', 'é', 'a\n'],
  },
  dnsSubdomain: {
    format: dnsSubdomain,
    accepts: ['a', 'a.b', 'my-app.example.org', 'a'.repeat(253)],
    refuses: ['', '.', 'a.', '.a', 'a..b', 'a.-b', 'My-App', 'my_app', 'a'.repeat(254), 'a\n'],
  },
  hostname: {
    format: hostname,
    accepts: ['example.org', '*.example.org', 'localhost'],
    refuses: ['', '*', '10.0.0.1', 'https://example.org', 'example.org:443', 'example.org/x', 'a.*.org', 'Example.org'],
  },
  duration: {
    format: fluxDuration,
    accepts: ['1h', '2m30s', '0s', '1.5h', '500ms', '10m'],
    refuses: ['', '1', '1 hour', '1 h', 'h', '1d', '-1h', '1h ', '1,5h', '1H', '.5h'],
  },
  quantity: {
    format: quantity,
    accepts: ['10Gi', '500m', '100n', '1', '0.5', '.5', '1.', '1e3', '2E', '1E6', '12e-3', '128M', '4k'],
    refuses: ['', '10 Gi', '10GiB', '10gi', '10GB', '1Gi1Mi', 'Gi', '-1', '1e', '10K', '1,5Gi', '10Gi\n'],
  },
  sixFieldCron: {
    format: sixFieldCron,
    accepts: [
      '0 0 2 * * *',
      '0 */15 * * * *',
      '30 0 2,14 1-5 JAN-mar Mon',
      '0 0 2 ? * 0-6/2',
      '  0 0 2  * * * ',
      '@daily',
      '@midnight',
      '@every 1h30m',
      '0 0 2-4/2,,6 * * *',
    ],
    refuses: [
      '',
      '0 2 * * *',
      '0 0 2 * * * 2026',
      '60 0 2 * * *',
      '0 60 2 * * *',
      '0 0 24 * * *',
      '0 0 2 0 * *',
      '0 0 2 32 * *',
      '0 0 2 * 13 *',
      '0 0 2 * * 7',
      '0 0 2 * * fri-mon',
      '0 0 5-2 * * *',
      '0 0 2 * feb ,',
      '0 0/0 2 * * *',
      '0 0 2 mon * *',
      '@every',
      '@every day',
      'every day at two',
    ],
  },
  pinnedImage: {
    format: pinnedImage,
    accepts: [
      'nginx:1.27',
      'ghcr.io/acme/app:1.4.2',
      'registry.local:5000/acme/app:v1',
      'localhost:5000/app:1',
      `ghcr.io/acme/app@${digest}`,
      `ghcr.io/acme/app:latest@${digest}`,
      'ghcr.io/acme/my_app.x:sha-0a1b2c',
    ],
    refuses: [
      '',
      'nginx',
      'ghcr.io/acme/app',
      'registry.local:5000/acme/app',
      'ghcr.io/acme/app:',
      'ghcr.io/acme/app:latest',
      'ghcr.io/acme/app:Latest',
      'ghcr.io/acme/app:main',
      'ghcr.io/acme/app@sha256:123',
      `ghcr.io/acme/app@sha512:${'0'.repeat(64)}`,
      `ghcr.io/acme/app@${digest}@${digest}`,
      'ghcr.io/Acme/app:1',
      'https://ghcr.io/acme/app:1',
      'ghcr.io/acme/app:1 ',
      'ghcr.io//app:1',
      `ghcr.io/acme/app:${'1'.repeat(129)}`,
    ],
  },
  pinnedVersion: {
    format: pinnedVersion,
    accepts: ['1.4.2', 'v1.4.2', '2.9.0-rc.1', '1.0.0+build.7'],
    refuses: ['', '1.4', '^1.4.2', '~1.4.2', '>=1.0.0', '1.4.x', '*', '1.4.2 || 1.5.0', 'latest'],
  },
  dataKey: {
    format: dataKey,
    accepts: ['API_TOKEN', 'tls.crt', 'a-b', '.npmrc', 'a'.repeat(253)],
    refuses: ['', '.', '..', '..data', 'a/b', 'a b', 'é', 'a'.repeat(254)],
  },
  environmentName: {
    format: environmentName,
    accepts: ['POSTGRES_HOST', '_x', 'a1'],
    refuses: ['', '1a', 'a-b', 'a.b', 'a b', 'A\n'],
  },
};

describeFormats(formats);

test.each([
  ['1h30m', 5400],
  ['-1.5h', -5400],
  ['.5s', 0.5],
  ['0', 0],
  ['1h 30m', undefined],
  ['1d', undefined],
  ['', undefined],
])('as a duration, %j is %s seconds', (text, seconds) => expect(parseDuration(text)).toBe(seconds));

test('a schedule says which of its fields is out of bounds', () => {
  expect(cronFault('0 0 25 * * *', 'six')).toBe('has 25 for the hour, which goes from 0 to 23');
  expect(cronFault('0 2 * * *', 'six')).toBe(
    'has five fields, but the first of them counts as seconds: second 0, minute 2, hour *, day of month *, month *',
  );
  expect(cronFault('0 2 * * *', 'five')).toBeUndefined();
  expect(cronFault('0 0 2 * * *', 'five')).toBe('has 6 fields, not five');
  expect(cronFault('0 25 * * *', 'five')).toBe('has 25 for the hour, which goes from 0 to 23');
});

test('quantities are compared by what they stand for, to the billionth', () => {
  expect(compareQuantities('1000m', '1')).toBe(0);
  expect(compareQuantities('1Gi', '1G')).toBe(1);
  expect(compareQuantities('0.1', '100000001n')).toBe(-1);
  expect(compareQuantities('1', 'much')).toBeUndefined();
  expect(parseQuantity('1.5Gi')?.value).toBe(1.5 * 2 ** 30);
});

test('a request is above its limit by its number, whatever its form', () => {
  expect(requestsAboveLimits({ cpu: '1500m', memory: '1Gi' }, { cpu: 1, memory: '1024Mi' })).toEqual([
    { name: 'cpu', request: '1500m', limit: '1' },
  ]);
});
