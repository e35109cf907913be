import { Application, ConfigMap, Resource, type ResourceProps } from '../../lib';
import { emptyCluster, reader, stage } from './synthesize';

/** metadata of an object whose construct has defaults, in an app of its own. */
function metadataOf(props: ResourceProps) {
  class Labelled extends Resource {
    constructor(...[scope, id, given]: [ConstructorParameters<typeof Resource>[0], string, ResourceProps]) {
      super(scope, id);
      const defaults = { labels: { team: 'web', tier: 'one' }, annotations: { owner: 'web' } };
      this.apiObject('Resource', { apiVersion: 'v1', kind: 'ConfigMap' }, this.metadata(given, defaults), {});
    }
  }
  const { app, cluster } = emptyCluster();
  new Labelled(new Application(cluster, 'shop').directory, 'labelled', props);
  return reader(app.tree()).find('ConfigMap', 'labelled').metadata;
}

test('null takes away labels and annotations that a construct has by default, one or all', () => {
  expect(metadataOf({ labels: { team: null, more: 'yes' }, annotations: { owner: null } })).toEqual({
    name: 'labelled',
    namespace: 'shop',
    labels: { tier: 'one', more: 'yes' },
  });
  expect(metadataOf({ labels: { team: null, tier: null, unknown: null } })).toEqual({
    name: 'labelled',
    namespace: 'shop',
    annotations: { owner: 'web' },
  });
});

test('a construct of your own that tells only its metadata of the namespace has it all the same', () => {
  expect(metadataOf({ namespace: 'media' })).toMatchObject({ namespace: 'media' });
  expect(metadataOf({ namespace: null })).not.toHaveProperty('namespace');
});

test('null takes the description away', () => {
  const { app, cluster } = stage();
  const annotations = { 'kubernetes.io/description': null };
  const { directory } = new Application(cluster, 'shop');
  new ConfigMap(directory, 'settings', { data: { A: 'b' }, description: 'for the shop', annotations });
  expect(reader(app.tree()).find('ConfigMap', 'settings').metadata).toEqual({ name: 'settings', namespace: 'shop' });
});
