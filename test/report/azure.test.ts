import fc from 'fast-check';
import { inline } from '../../lib/graph/masking/printable';
import { formats } from '../../lib/report';
import { anyResult, clean, faulty, plain, unseen } from './results';

const render = formats.azure.render;

test('a command a finding, then the summary', () => {
  expect(render(faulty, plain)).toBe(
    `##vso[task.logissue type=error;sourcepath=apps/backstage/deployment.yaml;linenumber=31;columnnumber=22;code=secrets/missing-key]Secret backstage/backstage-db-secret has no key \`hots\`; did you mean \`host\`?; only in clusters prod, staging; fix: name a key that the Secret has
##vso[task.logissue type=error;sourcepath=apps/backstage/deployment.yaml;linenumber=36;columnnumber=22;code=secrets/missing-key]Secret backstage/backstage-db-secret has no key \`prot\`; did you mean \`port\`?; fix: name a key that the Secret has
##vso[task.logissue type=warning;sourcepath=apps/50%AZP25, a:b/ü [x%5D.yaml;linenumber=2;columnnumber=9;code=flux/prunes-data]claim "a<b>&c" | ]]> \\u001B[2J%AZP250A::error::x ##[group] [a](http://evil) @webgrip/all #12 \`\` \\u202E next; fix: annotate the claim with \`kustomize.toolkit.fluxcd.io/prune: disabled\`
2 errors, 1 warning in 2 files; 34 files, 41 resources, 7 Kustomizations in 3 clusters checked; 1 suppressed
`,
  );
});

test('nothing found: one line', () => {
  expect(render(clean, plain)).toBe('No findings: 34 files, 41 resources, 7 Kustomizations checked\n');
});

/** A command as the agent reads it (microsoft/azure-pipelines-agent, Command.TryParse). */
function parse(line: string) {
  const head = line.slice(line.indexOf('##vso[') + 6, line.indexOf(']'));
  const [, properties = ''] = /^task\.logissue (.*)$/s.exec(head) ?? [];
  const unescaped = (text: string) =>
    text
      .replaceAll('%3B', ';')
      .replaceAll('%5D', ']')
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%AZP25', '%');
  return {
    properties: Object.fromEntries(
      properties.split(';').map((property) => {
        const [key = '', ...value] = property.split('=');
        return [key, unescaped(value.join('='))];
      }),
    ),
    message: unescaped(line.slice(line.indexOf(']') + 1)),
  };
}

test('whatever a tree says, the agent reads one command a finding, with its file, line and message', () => {
  fc.assert(
    fc.property(anyResult, (result) => {
      const text = render(result, plain);
      const lines = text.trimEnd().split('\n');
      expect(lines).toHaveLength(result.findings.length + 1);
      for (const [i, { file, line, severity, message }] of result.findings.entries()) {
        const command = parse(lines[i] as string);
        expect(command.properties).toMatchObject({
          type: severity,
          sourcepath: inline(file),
          linenumber: String(line),
        });
        expect(command.message.startsWith(inline(message))).toBe(true);
      }
      expect(text).not.toMatch(unseen);
    }),
  );
});
