import { ApiObject } from 'cdk8s';
import { fleet } from '../../bench/project/fleet';
import { plainFleet } from '../../bench/project/plain-fleet';
import type { FleetProps } from '../../bench/project/shape';
import { renderTree } from '../../lib/tree';

type Resource = { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } };

/** The objects of the apps, by name: what is composed, without the files and the operators around them. */
function byName(documents: readonly unknown[]): Record<string, unknown> {
  const own = (documents as Resource[]).filter(({ metadata }) => /^app-\d/.test(metadata?.name));
  return Object.fromEntries(own.map((one) => [`${one.kind} ${one.metadata.name}`, one]));
}

const ofEspalier = (props: FleetProps) =>
  byName(
    fleet(props)
      .tree()
      .files.flatMap((file) => file.documents),
  );
const ofCdk8s = (props: FleetProps) =>
  byName(
    plainFleet(props)
      .node.findAll()
      .filter((construct) => ApiObject.isApiObject(construct))
      .map((object) => withoutNamespace(object.toJson() as Resource)),
  );

/** A chart of cdk8s gives its namespace to what has none, too. */
function withoutNamespace(resource: Resource): Resource {
  const { namespace, ...metadata } = resource.metadata;
  return /^(Namespace|ClusterRole|ClusterRoleBinding)$/.test(resource.kind) ? { ...resource, metadata } : resource;
}

test('an app of the fleet is 12 objects of the kinds that soyo has in its folder, with a Namespace and a Kustomization', () => {
  expect(Object.keys(ofEspalier({ apps: 1 })).sort()).toEqual([
    'Cluster app-0-db',
    'ClusterRole app-0-read-only',
    'ClusterRoleBinding app-0-read-only',
    'ConfigMap app-0',
    'Deployment app-0',
    'ExternalSecret app-0-db-credentials',
    'ExternalSecret app-0-secrets',
    'HTTPRoute app-0',
    'Kustomization app-0',
    'Namespace app-0',
    'Password app-0-db-password',
    'PushSecret app-0-db-to-vault',
    'Service app-0',
    'ServiceAccount app-0',
  ]);
});

test('the fleet on plain cdk8s has the same objects', () => {
  const props = { apps: 3, change: 7 };
  expect(ofCdk8s(props)).toEqual(ofEspalier(props));
});

test('another change is another image of one app, in one file', () => {
  const files = (change: number) => [...renderTree(fleet({ apps: 5, change }).tree())];
  const before = new Map(files(0));
  const changed = files(1).filter(([path, text]) => before.get(path) !== text);
  expect(changed.map(([path]) => path)).toEqual(['kubernetes/apps/app-2/app-2/app/deployment.yaml']);
  expect(changed[0]?.[1]).toContain('image: ghcr.io/acme/app:1.0.1\n');
});
