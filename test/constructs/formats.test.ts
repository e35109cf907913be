import { Construct } from 'constructs';
import {
  dataKey,
  dnsLabel,
  dnsSubdomain,
  duration,
  environmentName,
  type Format,
  fileName,
  hostname,
  httpUrl,
  optionalFormat,
  pinnedImage,
  pinnedVersion,
  postgresIdentifier,
  quantity,
  relativePath,
  requireFormat,
  requireInteger,
  substitutionName,
} from '../../lib/constructs/formats';
import { emptyCluster, refusal } from './synthesize';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const formats: Record<string, { format: Format; accepts: string[]; refuses: string[] }> = {
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
    format: duration,
    accepts: ['1h', '2m30s', '0s', '1.5h', '500ms', '10m'],
    refuses: ['', '1', '1 hour', '1 h', 'h', '1d', '-1h', '1h ', '1,5h', '1H', '.5h'],
  },
  quantity: {
    format: quantity,
    accepts: ['10Gi', '500m', '1', '0.5', '.5', '1.', '1e3', '2E', '1E6', '12e-3', '128M', '4k'],
    refuses: ['', '10 Gi', '10GiB', '10gi', '10GB', '1Gi1Mi', 'Gi', '-1', '1e', '10K', '1,5Gi', '10Gi\n'],
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
  substitutionName: {
    format: substitutionName,
    accepts: ['cluster_domain', '_', 'A1'],
    refuses: ['cluster-domain', 'cluster.domain', '1st', ''],
  },
  relativePath: {
    format: relativePath,
    accepts: ['a', 'kubernetes/apps', '.github/x', 'a..b'],
    refuses: ['', '.', '..', '../a', 'a/../b', 'a/./b', '/a', 'a/', 'a//b', 'a\\b', 'a:b', 'a\nb'],
  },
  fileName: {
    format: fileName,
    accepts: ['secret-externalsecret', 'ks.yaml', 'A_1', 'a'.repeat(200)],
    refuses: ['', '.', '..', '.hidden', 'a/b', 'a b', '-a', 'a'.repeat(201)],
  },
  postgresIdentifier: {
    format: postgresIdentifier,
    accepts: ['backstage', '_x', 'a1', 'a'.repeat(63)],
    refuses: ['', '1a', 'my-app', 'App', 'a b', 'a'.repeat(64)],
  },
  httpUrl: {
    format: httpUrl,
    accepts: ['http://vault.vault.svc:8200', 'https://charts.example.org', 'https://example.org/a/b'],
    refuses: [
      '',
      'vault.vault.svc',
      'ftp://a',
      'https://',
      'https://a/',
      'https://a b',
      'oci://ghcr.io/a',
      'https:///a',
    ],
  },
};

for (const [name, { format, accepts, refuses }] of Object.entries(formats)) {
  describe(name, () => {
    test.each(accepts)('accepts %j', (value) => expect(format.accepts(value)).toBe(true));
    test.each(refuses)('refuses %j', (value) => expect(format.accepts(value)).toBe(false));
    test('its own example names what it accepts', () => {
      const quoted = [...format.example.matchAll(/"([^"<]+)"/g)].map((match) => String(match[1]));
      expect(quoted.filter((value) => !format.accepts(value))).toEqual([]);
      expect(quoted).not.toEqual([]);
    });
  });
}

describe('what a user reads', () => {
  const scope = new Construct(emptyCluster().cluster, 'shop');

  test('a quantity with a space', () => {
    expect(refusal(() => requireFormat(scope, 'storage.size', '10 Gi', quantity))).toBe(
      'soyo/shop: storage.size is "10 Gi". Allowed: a Kubernetes quantity: a number with at most one unit of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, without spaces. Example: "10Gi".',
    );
  });

  test('a duration in words', () => {
    expect(refusal(() => requireFormat(scope, 'interval', '1 hour', duration))).toBe(
      'soyo/shop: interval is "1 hour". Allowed: a duration of numbers with the units ms, s, m or h, without spaces. Example: "1h" or "2m30s".',
    );
  });

  test('an image without a tag', () => {
    expect(refusal(() => requireFormat(scope, 'image', 'ghcr.io/acme/app', pinnedImage))).toBe(
      'soyo/shop: image is "ghcr.io/acme/app". Allowed: an image pinned by a digest or by a tag that does not move (not latest, main, master, edge, …). Example: "ghcr.io/acme/app:1.4.2" or "ghcr.io/acme/app@sha256:<64 hex digits>".',
    );
  });

  test('a name that is too long is shortened in the message', () => {
    expect(refusal(() => requireFormat(scope, 'name', 'a'.repeat(254), dnsSubdomain))).toBe(
      `soyo/shop: name is "${'a'.repeat(119)}…. Allowed: a DNS-1123 subdomain: lower-case letters, digits, "-" and ".", at most 253 characters, each part beginning and ending with a letter or digit. Example: "my-app".`,
    );
  });

  test('a value that is no string at all, as JavaScript may give', () => {
    expect(refusal(() => requireFormat(scope, 'interval', undefined as unknown as string, duration))).toMatch(
      /^soyo\/shop: interval is not set\. Allowed: a duration /,
    );
    expect(refusal(() => requireFormat(scope, 'interval', 5 as unknown as string, duration))).toMatch(
      /^soyo\/shop: interval is 5\. Allowed: /,
    );
  });

  test('a number out of bounds', () => {
    expect(refusal(() => requireInteger(scope, 'instances', 0, 1, 9))).toBe(
      'soyo/shop: instances is 0. Allowed: a whole number of at least 1 and at most 9. Example: 1.',
    );
    expect(refusal(() => requireInteger(scope, 'instances', 1.5, 1))).toBe(
      'soyo/shop: instances is 1.5. Allowed: a whole number of at least 1. Example: 1.',
    );
    expect(refusal(() => requireInteger(scope, 'instances', Number.NaN, 1))).toMatch(
      /^soyo\/shop: instances is null\./,
    );
  });
});

test('what has its format is returned, and what is left out stays out', () => {
  const scope = new Construct(emptyCluster().cluster, 'shop');
  expect(requireFormat(scope, 'interval', '1h', duration)).toBe('1h');
  expect(requireInteger(scope, 'instances', 3, 1)).toBe(3);
  expect(optionalFormat(scope, 'interval', undefined, duration)).toBeUndefined();
  expect(refusal(() => optionalFormat(scope, 'interval', '', duration))).toMatch(/interval is ""/);
});
