import type { Finding } from '../checks/finding';
import { namespaceUndeclared } from '../checks/flux/namespace-undeclared';
import { isSuspended, nameOf } from '../graph/kustomization';
import { display } from '../graph/substitution';
import { textAt } from '../json/read';
import type { Context } from './context';

/**
 * Kustomizations that the change makes fail, because a namespace of their objects is nowhere: by their names, the namespace. A namespace
 * that the tree had something in is there, even where nothing declares it any more.
 *
 * @param found what the checks find now and did not find before
 */
export function missingNamespaces({ base, head }: Context, found: readonly Finding[]): ReadonlyMap<string, string> {
  const messages = new Set(found.flatMap(({ rule, message }) => (rule === namespaceUndeclared.id ? message : [])));
  const missing = new Map<string, string>();
  if (head === undefined || messages.size === 0) return missing;
  const { check, options = {} } = namespaceUndeclared;
  for (const { at, message, unless } of check(head.cluster, head.graph, options)) {
    if (unless !== undefined || !('resource' in at) || !messages.has(display(message))) continue;
    const { kind, value } = at.resource;
    // Where a release goes is its own affair.
    if (kind === 'HelmRelease' && at.path[0] === 'spec') continue;
    const name =
      kind === 'Kustomization' && at.path[0] === 'spec'
        ? textAt(value, 'spec', 'targetNamespace')
        : at.resource.namespace;
    if (name === undefined || isInUse(name, base)) continue;
    for (const kustomization of head.cluster.kustomizations) {
      const applies = kustomization.resources.some(({ namespace, chart }) => namespace === name && chart === undefined);
      if (applies && !isSuspended(kustomization)) missing.set(nameOf(kustomization), name);
    }
  }
  return missing;
}

function isInUse(name: string, side: Context['base']): boolean {
  return (side?.cluster.resources ?? []).some(
    (one) => one.namespace === name || (one.group === '' && one.kind === 'Namespace' && one.name === name),
  );
}
