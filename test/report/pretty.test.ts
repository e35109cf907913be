import fc from 'fast-check';
import { formats } from '../../lib/report';
import { anyResult, clean, faulty, plain, resultOf, unseen, unused, withChain, withoutFrame } from './results';

const render = formats.pretty.render;

test('findings by file, with their lines, chain, clusters and remedy; a remedy is told once a file', () => {
  expect(render(faulty, { ...plain, width: 80 })).toBe(`apps/backstage/deployment.yaml
  error 31:22 Secret backstage/backstage-db-secret has no key \`hots\`; did you
    mean \`host\`?  secrets/missing-key
      30 |               secretKeyRef:
    > 31 |                 key: hots
         |                      ^
      32 |                 name: backstage-db-secret
    object: Deployment backstage/backstage
    chain: Deployment/backstage → env POSTGRES_HOST
      → Secret/backstage-db-secret key \`hots\`
    clusters: prod, staging
    fix: name a key that the Secret has

  error 36:22 Secret backstage/backstage-db-secret has no key \`prot\`; did you
    mean \`port\`?  secrets/missing-key
    object: Deployment backstage/backstage
    fix: as at 31:22

apps/50%, a:b/ü [x].yaml
  warning 2:9 claim "a<b>&c" | ]]> \\u001B[2J%0A::error::x #\\u0023[group]
    [a](http://evil) @webgrip/all #12 \`\` \\u202E next  flux/prunes-data
      1 | \`\`\` </details>
    > 2 |   name: 中\\u001B[31m "x"
        |           ^
    object: PersistentVolumeClaim a/<b>
    fix: annotate the claim with \`kustomize.toolkit.fluxcd.io/prune: disabled\`

Not judged: apps/charts/ks.yaml:4: what Kustomization flux-system/charts applies
  is not known
Not judged: there is no schema for example.com/v1 Widget

2 errors, 1 warning in 2 files; 34 files, 41 resources, 7 Kustomizations in 3
clusters checked; 1 suppressed
`);
});

test('nothing found: one line', () => {
  expect(render(clean, plain)).toBe('No findings: 34 files, 41 resources, 7 Kustomizations checked\n');
});

test('where no terminal has a width, text stays on its line', () => {
  expect(render(resultOf(unused, withoutFrame), plain)).toBe(`a.yaml
  warning 1:1 flux/prunes-data finds nothing in this object  espalier/unused-suppression
    fix: remove the line from the annotation espalier/ignore

apps/backstage/deployment.yaml
  error 36:22 Secret backstage/backstage-db-secret has no key \`prot\`; did you mean \`port\`?  secrets/missing-key
    object: Deployment backstage/backstage
    fix: name a key that the Secret has

1 error, 1 warning in 2 files; 34 files, 41 resources, 7 Kustomizations checked
`);
});

test('colours, also where the standard output is no terminal', () => {
  const [heading, finding, before, fault, caret] = render(resultOf(withChain), { ...plain, color: true }).split('\n');
  expect(heading).toBe('\u001b[1m\u001b[4mapps/backstage/deployment.yaml\u001b[24m\u001b[22m');
  expect(finding).toBe(
    '  \u001b[1m\u001b[31merror\u001b[39m\u001b[22m \u001b[2m31:22\u001b[22m Secret backstage/backstage-db-secret has no key `hots`; did you mean `host`?  \u001b[2msecrets/missing-key\u001b[22m',
  );
  expect(before).toBe('      \u001b[2m30 |\u001b[22m               secretKeyRef:');
  expect(fault).toBe('    \u001b[1m\u001b[31m>\u001b[39m\u001b[22m \u001b[2m31 |\u001b[22m                 key: hots');
  expect(caret).toBe('      \u001b[2m   |\u001b[22m                      \u001b[1m\u001b[31m^\u001b[39m\u001b[22m');
});

test('remedies that differ are all told', () => {
  const other = { ...withoutFrame, remedy: 'mount it' };
  const text = render(resultOf(withChain, other), plain);
  expect(text.match(/fix: .*/g)).toEqual(['fix: name a key that the Secret has', 'fix: mount it']);
});

test('a file whose name is a command of GitHub’s runner is none', () => {
  expect(render(resultOf({ ...unused, file: '::add-mask::x' }), plain)).toMatch(/^\\u003A:add-mask::x\n/);
});

test('whatever the texts, a terminal shows them and a runner does not obey them', () => {
  fc.assert(
    fc.property(anyResult, fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }), (result, width) => {
      const text = render(result, { ...plain, width });
      expect(text).not.toMatch(unseen);
      expect(text).not.toMatch(/^\s*::/m);
      expect(text).not.toContain('##[');
      expect(text.match(/^ {4}fix: /gm)?.length ?? 0).toBe(result.findings.length);
    }),
  );
});
