import type { IConstruct } from 'constructs';
import { withUnknown } from '../text/symbolic';

/** What authors say is in the cluster although no construct makes it, by the root of the app. */
const external = new WeakMap<IConstruct, Set<string>>();

/** Notes that an object is made elsewhere, so that the checks of the tree do not miss it. */
export function addExternal(from: IConstruct, kind: string, namespace: string | undefined, name: string): void {
  const { root } = from.node;
  const ofApp = external.get(root) ?? new Set();
  const label = namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
  // What a variable stands for may be anything.
  external.set(root, ofApp.add(withUnknown(label, '*')));
}

/** All such objects of an app, as `Kind/namespace/name`, or `Kind/name` for what has no namespace. */
export function externalIn(app: IConstruct): string[] {
  return [...(external.get(app.node.root) ?? [])].sort();
}
