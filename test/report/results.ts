import fc from 'fast-check';
import type { Finding, Result, RuleDescription } from '../../lib/checks/finding';
import type { RenderOptions } from '../../lib/report';

/** What most tests render with. */
export const plain: RenderOptions = { color: false, failOn: 'error', version: '1.2.3' };

export const missingKey: RuleDescription = {
  id: 'secrets/missing-key',
  severity: 'error',
  title: 'Reference to a key that its Secret lacks',
  atRunTime: 'the pod does not start: CreateContainerConfigError',
  remedy: 'name a key that the Secret has',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/',
};

const twoOwners: RuleDescription = {
  id: 'eso/two-owners',
  severity: 'error',
  title: 'Secret that two ExternalSecrets own',
  atRunTime: 'each overwrites what the other wrote',
  remedy: 'give one of them another target.name',
  source: 'pkg/controllers/externalsecret/externalsecret_controller.go',
};

const prunesData: RuleDescription = {
  id: 'flux/prunes-data',
  severity: 'warning',
  title: 'Kustomization that deletes data when it is pruned',
  atRunTime: 'the volume goes with the Kustomization',
  remedy: 'annotate the claim with `kustomize.toolkit.fluxcd.io/prune: disabled`',
  source: 'docs/check.md',
};

/** A finding with a frame and a chain, in two of three clusters. */
export const withChain: Finding = {
  rule: missingKey.id,
  severity: 'error',
  message: 'Secret backstage/backstage-db-secret has no key `hots`; did you mean `host`?',
  remedy: missingKey.remedy,
  file: 'apps/backstage/deployment.yaml',
  line: 31,
  column: 22,
  object: 'Deployment backstage/backstage',
  chain: ['Deployment/backstage', 'env POSTGRES_HOST', 'Secret/backstage-db-secret key `hots`'],
  frame: [
    { number: 29, text: '            - name: POSTGRES_HOST' },
    { number: 30, text: '              secretKeyRef:' },
    { number: 31, text: '                key: hots' },
    { number: 32, text: '                name: backstage-db-secret' },
    { number: 33, text: '            - name: POSTGRES_PORT' },
  ],
  clusters: ['prod', 'staging'],
};

/** A finding that may not show its lines. */
export const withoutFrame: Finding = {
  rule: missingKey.id,
  severity: 'error',
  message: 'Secret backstage/backstage-db-secret has no key `prot`; did you mean `port`?',
  remedy: missingKey.remedy,
  file: 'apps/backstage/deployment.yaml',
  line: 36,
  column: 22,
  object: 'Deployment backstage/backstage',
  chain: [],
  frame: [],
  clusters: [],
};

/** A finding whose every text would be more than a text where it is printed. */
export const nasty: Finding = {
  rule: prunesData.id,
  severity: 'warning',
  message: 'claim "a<b>&c" | ]]> \u001b[2J%0A::error::x ##[group] [a](http://evil) @webgrip/all #12 `` \u202e\nnext',
  remedy: prunesData.remedy,
  file: 'apps/50%, a:b/ü [x].yaml',
  line: 2,
  column: 9,
  object: 'PersistentVolumeClaim a/<b>',
  chain: [],
  frame: [
    { number: 1, text: '``` </details>' },
    { number: 2, text: '\tname: 中\u001b[31m "x"' },
  ],
  clusters: [],
};

/** What a rule found that no rule's description tells of. */
export const unused: Finding = {
  rule: 'espalier/unused-suppression',
  severity: 'warning',
  message: 'flux/prunes-data finds nothing in this object',
  remedy: 'remove the line from the annotation espalier/ignore',
  file: 'a.yaml',
  line: 1,
  column: 1,
  chain: [],
  frame: [],
  clusters: [],
};

const counts = { files: 34, documents: 50, resources: 41, kustomizations: 7, clusters: 1, suppressed: 0 };

export const faulty: Result = {
  findings: [withChain, withoutFrame, nasty],
  unknowns: [
    { message: 'what Kustomization flux-system/charts applies is not known', file: 'apps/charts/ks.yaml', line: 4 },
    { message: 'there is no schema for example.com/v1 Widget' },
  ],
  notJudged: [
    {
      rule: 'secrets/missing',
      kind: 'Secret',
      namespace: 'web',
      name: 'shop',
      object: 'Deployment web/shop',
      file: 'apps/shop/deployment.yaml',
      line: 12,
      column: 7,
      why: 'HelmRelease web/db may make it',
      clusters: [],
    },
  ],
  rules: [twoOwners, prunesData, missingKey],
  counts: { ...counts, clusters: 3, suppressed: 1 },
};

export const clean: Result = { findings: [], unknowns: [], notJudged: [], rules: [twoOwners, missingKey], counts };

/** A result with just these findings. */
export function resultOf(...findings: Finding[]): Result {
  return { ...clean, findings };
}

const pieces = fc.constantFrom(
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '`',
    '```',
    '|',
    '%',
    ':',
    '::',
    ',',
    '\n',
    '\r',
    '\t',
    '\\',
    '{',
    '[',
    '](',
    ')',
    '*',
    '_',
  ],
  ...[
    '@a',
    '#1',
    '##[',
    ']]>',
    '-->',
    '</details>',
    '<details>',
    '~~~',
    '$',
    '\u001b[2J',
    '\0',
    '\u0085',
    '\u009b',
    '\u2028',
  ],
  ...[
    '\u202e',
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
    '中',
    '😀',
    'e\u0301',
    'https://a',
    ' ',
    '  ',
    '- ',
    '# ',
    '1. ',
  ],
);

/** Any text, with much of what is not just text somewhere. */
export const anyText = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ maxLength: 6 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
const severity = fc.constantFrom('error' as const, 'warning' as const);
const place = fc.integer({ min: 1, max: 200 });

/** Any finding. */
export const anyFinding: fc.Arbitrary<Finding> = fc.record({
  rule: fc.oneof(fc.constantFrom(missingKey.id, twoOwners.id), anyText),
  severity,
  message: anyText,
  remedy: anyText,
  file: anyText,
  line: place,
  column: place,
  object: fc.option(anyText, { nil: undefined }),
  chain: fc.array(anyText, { maxLength: 3 }),
  frame: fc
    .array(anyText, { maxLength: 5 })
    .chain((lines) => fc.constant(lines.map((line, i) => ({ number: i + 1, text: line })))),
  clusters: fc.array(anyText, { maxLength: 2 }),
});

/** Any result, its texts anything at all. */
export const anyResult: fc.Arbitrary<Result> = fc.record({
  findings: fc.array(anyFinding, { maxLength: 4 }),
  unknowns: fc.array(
    fc.record({
      message: anyText,
      file: fc.option(anyText, { nil: undefined }),
      line: fc.option(place, { nil: undefined }),
    }),
    { maxLength: 2 },
  ),
  notJudged: fc.constant([]),
  rules: fc.constant([twoOwners, missingKey]),
  counts: fc.constant(counts),
});

/** What a terminal would obey, or nobody would see. */
export const unseen = /(?!\n)[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
