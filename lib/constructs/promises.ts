import type { IConstruct } from 'constructs';

/** What authors say is in the cluster although no construct makes it, by the root of the app. */
const promises = new WeakMap<IConstruct, Set<string>>();

/** Notes that an object is made elsewhere, so that the checks of the tree do not miss it. */
export function promise(from: IConstruct, kind: string, namespace: string | undefined, name: string): void {
  const { root } = from.node;
  const ofApp = promises.get(root) ?? new Set();
  promises.set(root, ofApp.add(namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`));
}

/** Every promise made in an app, as `Kind/namespace/name`, or `Kind/name` for what has no namespace. */
export function promisesOf(app: IConstruct): string[] {
  return [...(promises.get(app.node.root) ?? [])].sort();
}
