import { impactFormats } from '../../../lib/report/impact';
import { served, told } from '../../changes/impact/tree';

const options = { color: false, most: 40 };
const token = told(served, 'Secret/shop/web#token');

test('text puts each effect below what leads to it', () => {
  expect(impactFormats.text.render([token], options)).toBe(`Secret/shop/web#token
  made by ExternalSecret shop/web, from vault:kv/shop/web

Read by 2 objects
  PushSecret shop/out pushes \`token\`
    shop/app.yaml:10
  Deployment shop/web takes all its keys as environment variables
    shop/app.yaml:15

If it changes
  1 object keeps old values; 2 objects change their access to secret stores; 1 object has other effects.
  PushSecret shop/out pushes the new Secret shop/web
    vault:kv/shared/token#token is written by PushSecret shop/out
      Secret billing/token key \`token\` is written anew: ExternalSecret billing/token reads the new value within 1h
  Deployment shop/web keeps running with the old Secret shop/web until it is restarted
    ! Once Flux has applied the change: \`kubectl -n shop rollout restart deployment/web\`.

If it is gone
  2 objects are blocked.
  PushSecret shop/out pushes nothing without Secret shop/web key \`token\`
  Deployment shop/web starts no new pod without Secret shop/web key \`token\` (CreateContainerConfigError)
`);
});

test('markdown has the same as nested lists, with what a person has to do as boxes', () => {
  expect(impactFormats.markdown.render([token], options)).toBe(`### <code>Secret/shop/web#token</code>

- made by ExternalSecret shop/web, from vault:kv/shop/web

**Read by 2 objects**

- **PushSecret shop/out** pushes <code>token</code> (<code>shop/app.yaml:10</code>)
- **Deployment shop/web** takes all its keys as environment variables (<code>shop/app.yaml:15</code>)

**If it changes**

1 object keeps old values; 2 objects change their access to secret stores; 1 object has other effects.

- **PushSecret shop/out** pushes the new Secret shop/web
  - **vault:kv/shared/token#&#8203;token** is written by PushSecret shop/out
    - **Secret billing/token key &#96;token&#96;** is written anew: ExternalSecret billing/token reads the new value within 1h
- **Deployment shop/web** keeps running with the old Secret shop/web until it is restarted
  - [ ] Once Flux has applied the change: <code>kubectl -n shop rollout restart deployment/web</code>.

**If it is gone**

2 objects are blocked.

- **PushSecret shop/out** pushes nothing without Secret shop/web key <code>token</code>
- **Deployment shop/web** starts no new pod without Secret shop/web key <code>token</code> (CreateContainerConfigError)
`);
});

test('JSON has every answer with its cluster', () => {
  expect(JSON.parse(impactFormats.json.render([token, told(served, 'ks/front')], options))).toMatchObject({
    version: 1,
    impacts: [
      { cluster: 'home', subject: 'Secret/shop/web#token' },
      { cluster: 'home', subject: 'Kustomization/flux-system/front', file: 'flux/front.yaml', line: 4 },
    ],
  });
});

test('long lists are cut for people, and say how much is left out', () => {
  const text = impactFormats.text.render([token], { ...options, most: 1 });
  expect(text).toContain(
    '  PushSecret shop/out pushes `token`\n    shop/app.yaml:10\n  … and 1 more: --all shows them\n',
  );
  expect(text).toContain('  … and 3 more: --all shows them\n');
  expect(impactFormats.markdown.render([token], { ...options, most: 1 })).toContain('\n\n… and 3 more.\n');
});

test('an object that nothing depends on says so', () => {
  const text = impactFormats.text.render([told(served, 'vault:kv/shared/token#other')], options);
  expect(text).toBe(`vault:kv/shared/token#other

Nothing in the tree reads it or refers to it

If it changes
  Nothing else changes, as far as the tree tells. What one change of it does, espalier diff tells.

If it is gone
  Nothing fails, as far as the tree tells.
`);
});
