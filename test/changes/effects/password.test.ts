import { fluxKustomization, object } from '../../graph/graph';
import { deployment, effectsOf, shopEffects, source } from '../review-of';

const generator = (length = 24) =>
  object(
    'generators.external-secrets.io/v1alpha1',
    'Password',
    'password',
    `spec: { length: ${length}, digits: 5, symbols: 0, noUpper: false, allowRepeat: true }`,
  );

interface Asked {
  readonly policy?: string;
  readonly interval?: string;
  readonly target?: string;
  readonly metadata?: string;
}

const asked = ({ policy = '', interval = '', target = 'name: keys', metadata = '' }: Asked = {}) => `---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: shop, namespace: shop${metadata} }
spec:
  ${policy === '' ? '' : `refreshPolicy: ${policy}`}
  ${interval === '' ? '' : `refreshInterval: ${interval}`}
  target: { ${target} }
  dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generators.external-secrets.io/v1alpha1, kind: Password, name: password } } }]
`;
const reader = deployment('envFrom: [{ secretRef: { name: keys } }]');
const rotation = (before: string, after: string) =>
  shopEffects(reader + generator() + before, reader + generator() + after).filter((effect) =>
    effect.includes('ExternalSecret shop/shop'),
  );

describe('a generated password', () => {
  test('is drawn anew on any change of what asks for it', () => {
    expect(rotation(asked(), asked({ interval: '2h' }))).toEqual([
      'password critical: ExternalSecret shop/shop generates a new `password`, which Deployment shop/shop reads, as soon as the change is applied: External Secrets refreshes it, because its spec changes\n  1. To keep the value, set `refreshPolicy: CreatedOnce`, `target.immutable: true` and `target.creationPolicy: Orphan` in a commit before this one.',
    ]);
    expect(rotation(asked(), asked({ metadata: ', labels: { a: b }' }))).toEqual([
      'password critical: ExternalSecret shop/shop generates a new `password`, which Deployment shop/shop reads, as soon as the change is applied: External Secrets refreshes it, because its labels or annotations change\n  1. To keep the value, set `refreshPolicy: CreatedOnce`, `target.immutable: true` and `target.creationPolicy: Orphan` in a commit before this one.',
    ]);
    expect(
      rotation(asked({ policy: 'OnChange' }), asked({ policy: 'OnChange', metadata: ', annotations: { a: b }' })),
    ).toEqual([
      'password critical: ExternalSecret shop/shop generates a new `password`, which Deployment shop/shop reads, as soon as the change is applied: External Secrets refreshes it, because its labels or annotations change\n  1. To keep the value, set `refreshPolicy: CreatedOnce`, `target.immutable: true` and `target.creationPolicy: Orphan` in a commit before this one.',
    ]);
  });

  test('stays where it is written once', () => {
    const once = { policy: 'CreatedOnce', interval: '1h' };
    expect(rotation(asked(once), asked({ ...once, interval: '2h' }))).toEqual([]);
    expect(rotation(asked({ interval: '0s' }), asked({ interval: '0s', metadata: ', labels: { a: b }' }))).toEqual([]);
    expect(
      rotation(
        asked({ target: 'name: keys, immutable: true' }),
        asked({ target: 'name: keys, immutable: true', interval: '2h' }),
      ),
    ).toEqual([]);
    expect(rotation(asked(), asked())).toEqual([]);
  });

  test('cannot be changed by its template any more where it is written once', () => {
    const template = (user: string) =>
      asked({
        policy: 'CreatedOnce',
        target: `name: keys, template: { data: { user: ${user}, password: '{{ .password }}' } }`,
      });
    expect(rotation(template('a'), template('b'))).toEqual([
      'other medium: ExternalSecret shop/shop does not write Secret shop/keys again: it is made once, and this change has no effect on it',
    ]);
  });

  test('is another one in another Secret', () => {
    expect(rotation(asked(), asked({ target: 'name: others' }))).toEqual([
      'password critical: ExternalSecret shop/shop creates Secret shop/others with a new `password`; the old Secret keys is deleted, and its value is lost\n  1. Before the merge, save the value of Secret shop/keys if it is needed, such as in Vault with a PushSecret.',
    ]);
    const kept = { policy: 'CreatedOnce', target: 'name: keys, creationPolicy: Orphan' };
    expect(rotation(asked(kept), asked({ ...kept, target: 'name: others, creationPolicy: Orphan' }))).toEqual([
      'password critical: ExternalSecret shop/shop creates Secret shop/others with a new `password`; the old value stays only in Secret keys\n  1. Before the merge, save the value of Secret shop/keys if it is needed, such as in Vault with a PushSecret.',
    ]);
  });

  test('is drawn anew when another Kustomization applies what asks for it: Flux puts other labels on it', () => {
    const tree = (first: string, second: string) => ({
      'flux/source.yaml': source,
      'flux/one.yaml': fluxKustomization('one', './one'),
      'flux/two.yaml': fluxKustomization('two', './two'),
      'one/a.yaml': generator() + first,
      'two/a.yaml': reader + second,
    });
    expect(effectsOf(tree(asked(), ''), tree('', asked())).filter((effect) => effect.startsWith('password'))).toEqual([
      "password critical: ExternalSecret shop/shop generates a new `password`, which Deployment shop/shop reads, as soon as the change is applied: External Secrets refreshes it, because Flux's labels on it change with the Kustomization that applies it\n  1. To keep the value, set `refreshPolicy: CreatedOnce`, `target.immutable: true` and `target.creationPolicy: Orphan` in a commit before this one.",
    ]);
    const once = asked({ policy: 'CreatedOnce' });
    expect(effectsOf(tree(once, ''), tree('', once)).filter((effect) => effect.startsWith('password'))).toEqual([]);
  });

  test('follows its generator at the next refresh alone', () => {
    expect(shopEffects(generator() + asked(), generator(32) + asked())).toEqual([
      'other low: Password shop/password takes effect with the next refresh of ExternalSecret/shop',
    ]);
    const once = asked({ policy: 'CreatedOnce' });
    expect(shopEffects(generator() + once, generator(32) + once)).toEqual([
      'other low: Password shop/password applies to what is generated from now on: Secret shop/keys keeps its value',
    ]);
  });
});
