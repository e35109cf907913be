import { Construct } from 'constructs';
import {
  fileName,
  httpUrl,
  optionalFormat,
  postgresIdentifier,
  relativePath,
  requireFormat,
  requireInteger,
} from '../../lib/constructs/formats';
import { sixFieldCron } from '../../lib/systems/cron';
import { fluxDuration } from '../../lib/systems/duration';
import { variableName } from '../../lib/systems/flux/substitution';
import { pinnedImage } from '../../lib/systems/image';
import { dnsSubdomain } from '../../lib/systems/kubernetes/names';
import { quantity } from '../../lib/systems/kubernetes/quantity';
import { describeFormats, type TriedFormats } from '../formats';
import { emptyCluster, refusal } from './synthesize';

const formats: TriedFormats = {
  variableName: {
    format: variableName,
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

describeFormats(formats);

describe('what a user reads', () => {
  const scope = new Construct(emptyCluster().cluster, 'shop');

  test('a quantity with a space', () => {
    expect(refusal(() => requireFormat(scope, 'storage.size', '10 Gi', quantity))).toBe(
      'soyo/shop: storage.size is "10 Gi". Allowed: a Kubernetes quantity: a number with at most one unit of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, without spaces. Example: "10Gi".',
    );
  });

  test('a duration in words', () => {
    expect(refusal(() => requireFormat(scope, 'interval', '1 hour', fluxDuration))).toBe(
      'soyo/shop: interval is "1 hour". Allowed: a duration of numbers with the units ms, s, m or h, without spaces. Example: "1h" or "2m30s".',
    );
  });

  test('a cron line of five fields', () => {
    expect(refusal(() => requireFormat(scope, 'schedule', '0 2 * * *', sixFieldCron))).toBe(
      'soyo/shop: schedule is "0 2 * * *". Allowed: six cron fields with the seconds first (second minute hour day-of-month month day-of-week), or @daily, @hourly, @weekly, @monthly, @yearly, @every 6h. Example: "0 0 2 * * *" for every day at 02:00 (a five-field line gets a leading 0).',
    );
  });

  test('an image without a tag', () => {
    expect(refusal(() => requireFormat(scope, 'image', 'ghcr.io/acme/app', pinnedImage))).toBe(
      'soyo/shop: image is "ghcr.io/acme/app". Allowed: an image pinned by a digest or by a tag that does not move (not latest, main, master, edge, …). Example: "ghcr.io/acme/app:1.4.2" or "ghcr.io/acme/app@sha256:<64 hex digits>".',
    );
  });

  test('a name that is too long is shortened in the message', () => {
    expect(refusal(() => requireFormat(scope, 'name', 'a'.repeat(254), dnsSubdomain))).toBe(
      `soyo/shop: name is "${'a'.repeat(119)}…. Allowed: a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 253 characters. Example: "my-app".`,
    );
  });

  test('a value that is no string at all, as JavaScript may give', () => {
    expect(refusal(() => requireFormat(scope, 'interval', undefined as unknown as string, fluxDuration))).toMatch(
      /^soyo\/shop: interval is not set\. Allowed: a duration /,
    );
    expect(refusal(() => requireFormat(scope, 'interval', 5 as unknown as string, fluxDuration))).toMatch(
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
  expect(requireFormat(scope, 'interval', '1h', fluxDuration)).toBe('1h');
  expect(requireInteger(scope, 'instances', 3, 1)).toBe(3);
  expect(optionalFormat(scope, 'interval', undefined, fluxDuration)).toBeUndefined();
  expect(refusal(() => optionalFormat(scope, 'interval', '', fluxDuration))).toMatch(/interval is ""/);
});
