import { Application, HelmRelease, Manifest, pinned, pinnedParts } from '../../lib';
import { renderTree } from '../../lib/tree/render';
import { emptyCluster, refusal } from './synthesize';

const digest = `sha256:${'a'.repeat(64)}`;

test('an image is a text, its parts are those of values', () => {
  expect(pinned('ghcr.io/acme/shop', '1.4.2')).toBe('ghcr.io/acme/shop:1.4.2');
  expect(pinned('ghcr.io/acme/shop', `1.4.2@${digest}`)).toBe(`ghcr.io/acme/shop:1.4.2@${digest}`);
  expect(pinnedParts('shop', '1.4.2')).toEqual({ repository: 'shop', tag: '1.4.2' });
  expect(pinnedParts('shop', `1.4.2@${digest}`)).toEqual({ repository: 'shop', tag: '1.4.2', digest });
});

test('the marker of a policy stands behind the value, of each part its own', () => {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'shop');
  const policy = new Manifest(directory, 'policy', {
    apiVersion: 'image.toolkit.fluxcd.io/v1',
    kind: 'ImagePolicy',
    metadata: { name: 'web', namespace: 'flux-system' },
  });
  new HelmRelease(directory, 'web', {
    chart: { oci: 'oci://ghcr.io/acme/charts/web' },
    version: '1.0.0',
    values: {
      image: pinnedParts('ghcr.io/acme/web', `1.4.2@${digest}`, { policy }),
      init: pinned('ghcr.io/acme/init', '2.0.0', { policy: 'flux-system:init' }),
    },
  });
  const text = renderTree(app.tree()).get('kubernetes/apps/shop/shop/app/web.yaml');
  expect(text?.split('  values:\n')[1]).toBe(`    image:
      digest: ${digest} # {"$imagepolicy": "flux-system:web:digest"}
      repository: ghcr.io/acme/web
      tag: "1.4.2" # {"$imagepolicy": "flux-system:web:tag"}
    init: ghcr.io/acme/init:2.0.0 # {"$imagepolicy": "flux-system:init"}
`);
});

test.each<[string, () => unknown, string]>([
  [
    'a tag that moves',
    () => pinned('ghcr.io/acme/shop', 'latest'),
    'pinned("ghcr.io/acme/shop", "latest"): it must be an image pinned',
  ],
  ['no tag', () => pinnedParts('ghcr.io/acme/shop', ''), 'pinned("ghcr.io/acme/shop", "")'],
  [
    'a policy without a namespace',
    () => pinned('a/b', '1.0', { policy: { name: 'shop' } }),
    'is "undefined:shop". Allowed: namespace:name',
  ],
  ['a policy that is none', () => pinned('a/b', '1.0', { policy: 'shop"}\nkind: x' }), 'Allowed: namespace:name'],
])('%s is refused', (_, act, message) => {
  expect(refusal(act)).toContain(message);
});
