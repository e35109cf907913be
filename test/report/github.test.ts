import fc from 'fast-check';
import { inline } from '../../lib/graph/masking/printable';
import { formats } from '../../lib/report';
import { anyResult, clean, faulty, plain, unseen } from './results';

const render = formats.github.render;

test('a command a finding and a notice for what was not judged, then the summary', () => {
  expect(
    render(faulty, plain),
  ).toBe(`::error file=apps/backstage/deployment.yaml,line=31,col=22,title=secrets/missing-key::Secret backstage/backstage-db-secret has no key \`hots\`; did you mean \`host\`?%0ADeployment backstage/backstage%0ADeployment/backstage → env POSTGRES_HOST → Secret/backstage-db-secret key \`hots\`%0Aonly in clusters prod, staging%0Afix: name a key that the Secret has
::error file=apps/backstage/deployment.yaml,line=36,col=22,title=secrets/missing-key::Secret backstage/backstage-db-secret has no key \`prot\`; did you mean \`port\`?%0ADeployment backstage/backstage%0Afix: name a key that the Secret has
::warning file=apps/50%25%2C a%3Ab/ü [x].yaml,line=2,col=9,title=flux/prunes-data::claim "a<b>&c" | ]]> \\u001B[2J%250A::error::x ##[group] [a](http://evil) @webgrip/all #12 \`\` \\u202E next%0APersistentVolumeClaim a/<b>%0Afix: annotate the claim with \`kustomize.toolkit.fluxcd.io/prune: disabled\`
::notice file=apps/charts/ks.yaml,line=4,title=not judged::what Kustomization flux-system/charts applies is not known
::notice title=not judged::there is no schema for example.com/v1 Widget
2 errors, 1 warning in 2 files; 34 files, 41 resources, 7 Kustomizations in 3 clusters checked; 1 suppressed
`);
});

test('nothing found: one line', () => {
  expect(render(clean, plain)).toBe('No findings: 34 files, 41 resources, 7 Kustomizations checked\n');
});

/** A command as GitHub's runner reads it (actions/runner, ActionCommand.TryParseV2). */
function parse(line: string) {
  const end = line.indexOf('::', 2);
  const head = line.slice(2, end);
  const [name] = head.split(' ', 1);
  const properties = head.slice((name?.length ?? 0) + 1).split(',');
  const unescaped = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  return {
    name,
    properties: Object.fromEntries(
      properties.map((property) => {
        const [key = '', ...value] = property.split('=');
        return [key, unescaped(value.join('=').replaceAll('%3A', ':').replaceAll('%2C', ','))];
      }),
    ),
    message: unescaped(line.slice(end + 2)),
  };
}

test('whatever the texts, the runner reads one command a finding, with what it says', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      const text = render(result, plain);
      expect(text).not.toMatch(unseen);
      const lines = text.split('\n').slice(0, -2).map(parse);
      expect(lines.map(({ name, properties: { file, title }, message }) => [name, file, title, message])).toEqual([
        ...result.findings.map(({ severity, file, rule, message, object, chain, clusters, remedy }) => [
          severity,
          inline(file),
          inline(rule),
          [
            message,
            ...(object === undefined ? [] : [object]),
            ...(chain.length === 0 ? [] : [chain.join(' → ')]),
            ...(clusters.length === 0
              ? []
              : [`only in ${clusters.length === 1 ? 'cluster' : 'clusters'} ${clusters.join(', ')}`]),
            `fix: ${remedy}`,
          ]
            .map(inline)
            .join('\n'),
        ]),
        ...result.unknowns.map(({ message, file }) => [
          'notice',
          file === undefined ? undefined : inline(file),
          'not judged',
          inline(message),
        ]),
      ]);
    }),
  );
});
