import type { Finding } from '../checks/finding';
import type { Graph } from '../graph/graph';
import { describe, isObject } from '../graph/identity';

import { shownPath } from '../graph/shown-path';
import { display } from '../graph/substitution';
import type { SourceTree } from '../tree/source/source';
import { withoutFolder } from './without-folder';

/** Whether what a finding of another tree is about, its object or else its file, is in a graph. */
export function presence({ clusters, tree }: Graph): (finding: Finding, of: SourceTree) => boolean {
  const objects = new Set(clusters.flatMap(({ resources }) => resources.map((one) => display(describe(one)))));
  const files = new Set<string>();
  for (const { path, documents } of tree.files.values()) {
    files.add(withoutFolder(shownPath(tree, path), tree));
    for (const { value } of documents) {
      if (!isObject(value)) continue;
      const { name, namespace } = value.metadata;
      objects.add(describe({ kind: value.kind, name, namespace: typeof namespace === 'string' ? namespace : '' }));
    }
  }
  return ({ object, file }, of) =>
    object === undefined ? files.has(withoutFolder(file, of)) : objects.has(object.replace(/, made by .*$/, ''));
}
