import fc from 'fast-check';
import { formats } from '../../lib/report';
import { anyResult, clean, faulty, plain, unseen } from './results';

const render = (result = faulty) => JSON.parse(formats.gitlab.render(result, plain)) as Record<string, unknown>[];

test('what GitLab takes of a finding: text, rule, fingerprint, severity, place', () => {
  expect(render()[0]).toEqual({
    description:
      'Secret backstage/backstage-db-secret has no key `hots`; did you mean `host`?; Deployment/backstage → env POSTGRES_HOST → Secret/backstage-db-secret key `hots`; Fix: name a key that the Secret has',
    check_name: 'secrets/missing-key',
    fingerprint: expect.stringMatching(/^[\da-f]{16}:1$/),
    severity: 'major',
    location: { path: 'apps/backstage/deployment.yaml', lines: { begin: 31 } },
  });
  expect(render()[2]).toMatchObject({ severity: 'minor', location: { path: 'apps/50%, a:b/ü [x].yaml' } });
});

test('nothing found: an empty list, which takes back what the last report said', () => {
  expect(formats.gitlab.render(clean, plain)).toBe('[]\n');
});

test('each finding of any result has a fingerprint of its own, and lines do not count', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      const prints = render(result).map(({ fingerprint }) => fingerprint);
      expect(new Set(prints).size).toBe(result.findings.length);
      const moved = { ...result, findings: result.findings.map((one) => ({ ...one, line: one.line + 7 })) };
      expect(render(moved).map(({ fingerprint }) => fingerprint)).toEqual(prints);
      expect(formats.gitlab.render(result, plain)).not.toMatch(unseen);
    }),
  );
});
