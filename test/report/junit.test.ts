import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { formats } from '../../lib/report';
import { anyResult, clean, faulty, plain, resultOf, unseen, withoutFrame } from './results';

const render = formats.junit.render;

test('a suite a rule; what does not fail the run is skipped, and so is what was not judged', () => {
  expect(render(faulty, plain)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="espalier check" tests="6" failures="2" errors="0" time="0">
  <testsuite name="eso/two-owners" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="eso/two-owners" name="Secret that two ExternalSecrets own" time="0"/>
  </testsuite>
  <testsuite name="flux/prunes-data" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase classname="flux/prunes-data" name="apps/50%, a:b/ü [x].yaml: claim &quot;a&lt;b&gt;&amp;c&quot; | ]]&gt; \\u001B[2J%0A::error::x ##[group] [a](http://evil) @webgrip/all #12 \`\` \\u202E next" file="apps/50%, a:b/ü [x].yaml" line="2" time="0">
      <skipped message="warning: claim &quot;a&lt;b&gt;&amp;c&quot; | ]]&gt; \\u001B[2J%0A::error::x ##[group] [a](http://evil) @webgrip/all #12 \`\` \\u202E next">apps/50%, a:b/ü [x].yaml:2:9
warning: claim &quot;a&lt;b&gt;&amp;c&quot; | ]]&gt; \\u001B[2J%0A::error::x ##[group] [a](http://evil) @webgrip/all #12 \`\` \\u202E next
PersistentVolumeClaim a/&lt;b&gt;
fix: annotate the claim with \`kustomize.toolkit.fluxcd.io/prune: disabled\`
  1 | \`\`\` &lt;/details&gt;
&gt; 2 |   name: 中\\u001B[31m &quot;x&quot;
    |           ^</skipped>
    </testcase>
  </testsuite>
  <testsuite name="secrets/missing-key" tests="2" failures="2" errors="0" skipped="0" time="0">
    <testcase classname="secrets/missing-key" name="apps/backstage/deployment.yaml: Secret backstage/backstage-db-secret has no key \`hots\`; did you mean \`host\`?" file="apps/backstage/deployment.yaml" line="31" time="0">
      <failure message="error: Secret backstage/backstage-db-secret has no key \`hots\`; did you mean \`host\`?">apps/backstage/deployment.yaml:31:22
error: Secret backstage/backstage-db-secret has no key \`hots\`; did you mean \`host\`?
Deployment backstage/backstage
Deployment/backstage → env POSTGRES_HOST → Secret/backstage-db-secret key \`hots\`
only in clusters prod, staging
fix: name a key that the Secret has
  30 |               secretKeyRef:
&gt; 31 |                 key: hots
     |                      ^
  32 |                 name: backstage-db-secret</failure>
    </testcase>
    <testcase classname="secrets/missing-key" name="apps/backstage/deployment.yaml: Secret backstage/backstage-db-secret has no key \`prot\`; did you mean \`port\`?" file="apps/backstage/deployment.yaml" line="36" time="0">
      <failure message="error: Secret backstage/backstage-db-secret has no key \`prot\`; did you mean \`port\`?">apps/backstage/deployment.yaml:36:22
error: Secret backstage/backstage-db-secret has no key \`prot\`; did you mean \`port\`?
Deployment backstage/backstage
fix: name a key that the Secret has</failure>
    </testcase>
  </testsuite>
  <testsuite name="not judged" tests="2" failures="0" errors="0" skipped="2" time="0">
    <testcase classname="not judged" name="apps/charts/ks.yaml: what Kustomization flux-system/charts applies is not known" file="apps/charts/ks.yaml" line="4" time="0">
      <skipped message="what Kustomization flux-system/charts applies is not known">apps/charts/ks.yaml:4: what Kustomization flux-system/charts applies is not known</skipped>
    </testcase>
    <testcase classname="not judged" name="there is no schema for example.com/v1 Widget" time="0">
      <skipped message="there is no schema for example.com/v1 Widget">there is no schema for example.com/v1 Widget</skipped>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('nothing found: a case that passes for each rule', () => {
  expect(render(clean, plain)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="espalier check" tests="2" failures="0" errors="0" time="0">
  <testsuite name="eso/two-owners" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="eso/two-owners" name="Secret that two ExternalSecrets own" time="0"/>
  </testsuite>
  <testsuite name="secrets/missing-key" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="secrets/missing-key" name="Reference to a key that its Secret lacks" time="0"/>
  </testsuite>
</testsuites>
`);
});

test.each([
  ['error', 2, 1],
  ['warning', 3, 0],
  ['never', 0, 3],
] as const)('--fail-on %s: %i failures, %i skipped', (failOn, failures, skipped) => {
  const text = render({ ...faulty, unknowns: [] }, { ...plain, failOn });
  expect([text.split('<failure ').length - 1, text.split('<skipped ').length - 1]).toEqual([failures, skipped]);
});

test('cases of one name are told apart', () => {
  const text = render(resultOf(withoutFrame, { ...withoutFrame, line: 40 }), plain);
  expect(text.match(/did you mean `port`\?( \(2\))?" file/g)).toEqual([
    'did you mean `port`?" file',
    'did you mean `port`? (2)" file',
  ]);
});

/** What XML 1.0 allows (https://www.w3.org/TR/xml/#charsets). */
const allowed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

test('whatever the texts, it is XML, with a case a finding', () => {
  const parser = new DOMParser({
    onError: (_, message) => {
      if (message.startsWith('Unicode replacement character detected')) return;
      throw new Error(message);
    },
  });
  fc.assert(
    fc.property(anyResult, (result) => {
      const text = render(result, plain);
      expect(text).toMatch(allowed);
      expect(text).not.toMatch(unseen);
      const document = parser.parseFromString(text, 'text/xml');
      const names = Array.from(document.getElementsByTagName('testcase'), (each) => {
        return `${each.getAttribute('classname')} ${each.getAttribute('name')}`;
      });
      expect(new Set(names).size).toBe(names.length);
      const outcomes = ['failure', 'skipped'].map((name) => document.getElementsByTagName(name).length);
      const errors = result.findings.filter(({ severity }) => severity === 'error').length;
      expect(outcomes).toEqual([errors, result.findings.length - errors + result.unknowns.length]);
    }),
  );
});
