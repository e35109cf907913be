import type { Cluster } from '../../../graph/cluster';
import { clusterNames } from '../../../graph/cluster-name';
import { hider } from '../../../graph/masking';
import { shownPath } from '../../../graph/shown-path';
import { type Subject, subjectName, subjectsHolding } from '../../../graph/subjects';
import { object, page, pageInput, pageOf, type Tool, text, treeInput } from '../tool';

/** Finds the names that the tool impact takes. */
export const search: Tool = {
  name: 'search',
  title: 'Find objects, Vault paths and hosts',
  description:
    'The objects of the tree, those that it refers to, the paths that it reads and writes in Vault and other stores, and the hosts that it answers for, by a part of their names. What it answers can be asked about with impact.',
  input: {
    text: { type: 'string', description: 'A part of the name; empty for all' },
    kind: { type: 'string', description: 'Only objects of this kind: Secret, es, ks, …' },
    ...treeInput,
    ...pageInput,
  },
  required: ['text'],
  output: object({ found: pageOf(object({ cluster: text, name: text, file: text }, ['cluster', 'name'])) }),
  readOnly: true,
  async run(args, access) {
    const graph = await access.graph(args);
    const names = clusterNames(graph);
    const hide = hider([graph]);
    const found = graph.clusters.flatMap((cluster) =>
      subjectsHolding(cluster, String(args.text), args.kind as string | undefined).map((subject) => {
        const file = fileOf(subject, cluster);
        return {
          cluster: names.get(cluster) ?? cluster.name,
          name: hide(subjectName(subject)),
          ...(file !== undefined && { file: shownPath(graph.tree, file) }),
        };
      }),
    );
    return { found: page(found, args) };
  },
};

function fileOf(subject: Subject, cluster: Cluster): string | undefined {
  return subject.type === 'object' ? cluster.find(subject.identity)[0]?.document.file.path : undefined;
}
