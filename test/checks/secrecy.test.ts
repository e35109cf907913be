import { makeBuild } from '../../lib/tree/kustomize';
import { fluxKustomization, object } from '../graph/graph';
import { memory } from '../tree/kustomize/memory';
import { checkTree } from './check-tree';

const variables = 'postBuild: { substitute: { PORT: "5432" } }';

/** What the rules say of a tree with one more file. */
function check(text: string, path = 'app/object.yaml') {
  const source = memory({ 'flux.yaml': fluxKustomization('apps', './app', variables), [path]: text });
  const { findings, unknowns } = checkTree(source, makeBuild(source));
  return { rules: findings.map(({ rule }) => rule), text: JSON.stringify([findings, unknowns]) };
}

const secret = (value: string) => object('v1', 'Secret', 'login', `stringData: { password: ${JSON.stringify(value)} }`);

describe('what is secret is said by no rule', () => {
  it.each([
    ['two dollars', 'substitution/lost-dollar', secret('DO $$ hunter2 $$;')],
    ['what Flux cannot read', 'substitution/parse-error', secret('${ hunter2')],
    ['what Flux takes for a default', 'substitution/ignored-operator', secret('${NONE:+hunter2}')],
    ['a variable that nobody gives', 'substitution/missing-variable', secret('${NONE/hunter2/x}')],
    ['a value in plain text', 'security/plaintext-secret', secret('hunter2')],
    ['a text that becomes a number', 'substitution/typed', secret('9${PORT}')],
  ])('of %s (%s)', (_, rule, text) => {
    const said = check(text);
    expect(said.rules).toContain(rule);
    expect(said.text).not.toMatch(/hunter2|95432/);
  });

  it('of a credential that stands beside something else', () => {
    const said = check(`apiVersion: v1
kind: Pod
metadata: { name: shop, namespace: shop }
spec:
  containers:
    - name: shop
      image: shop:1
      env:
        - name: PASSWORD
          value: hunter2hunter2
          valeu: none
`);
    expect(said.rules).toEqual(expect.arrayContaining(['security/literal-credential', 'schema/unknown-field']));
    expect(said.text).not.toContain('hunter2');
  });

  it('of an address that is fetched', () => {
    const said = check(
      `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: ["https://bot:hunter2@git.example.org/base?ref=v1"]
`,
      'app/kustomization.yaml',
    );
    expect(said.text).toContain('https://…@git.example.org/base?ref=v1 is fetched when Flux builds');
    expect(said.text).not.toContain('hunter2');
  });
});
