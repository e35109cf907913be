import { fluxKustomization } from '../graph/graph';
import { adopted } from './adopted';

const config = (name: string, more = '') => `---
apiVersion: example.org/v1
kind: Shop
metadata:
  name: ${name}
  namespace: shop${more}
spec:
  whole: \${DOMAIN}
  part: https://shop.\${DOMAIN}/\${PATH:=index.html}?\${QUERY/a/b}
  escaped: $\${HOME} and \${DOMAIN}
  shell: $HOME \${unclosed
  script: |
    #!/bin/sh
    echo "\\n \${DOMAIN}"
`;

const substitutes = 'postBuild: { substitute: { DOMAIN: example.org } }';

function codeOf(kustomization: string, object: string): string {
  const { code, yaml } = adopted({ 'clusters/home/apps.yaml': kustomization, 'apps/config.yaml': object });
  expect(yaml.get('apps/config.yaml')).toContain('part: https://shop.${DOMAIN}/${PATH:=index.html}?${QUERY/a/b}');
  return [...code.values()].join('\n');
}

test('where Flux puts variables in, they are said by name', () => {
  const code = codeOf(fluxKustomization('apps', './apps', substitutes), config('config'));
  expect(code).toContain("whole: variable('DOMAIN'),");
  expect(code).toContain(
    "part: `https://shop.${variable('DOMAIN')}/${variable('PATH', { default: 'index.html' })}?${variable('QUERY', { operator: '/a/b' })}`,",
  );
  expect(code).toContain("escaped: '$${HOME} and ${DOMAIN}',");
  expect(code).toContain("shell: '$HOME ${unclosed',");
  expect(code).toContain(`script: textBlock\`
        #!/bin/sh
        echo "\\n \${variable('DOMAIN')}"
      \``);
});

test.each([
  ['the Kustomization has no variables', '', ''],
  ['the object is exempt', substitutes, '\n  annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }'],
])('texts stay as they are where %s', (_, postBuild, annotations) => {
  expect(codeOf(fluxKustomization('apps', './apps', postBuild), config('config', annotations))).not.toContain(
    'variable(',
  );
});
