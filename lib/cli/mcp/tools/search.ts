import { EspalierError } from '../../../errors';
import type { Cluster } from '../../../graph/cluster';
import { clusterNames } from '../../../graph/cluster-name';
import type { Graph } from '../../../graph/graph';
import { hider } from '../../../graph/masking';
import { shownPath } from '../../../graph/shown-path';
import { type Subject, subjectName, subjectsHolding } from '../../../graph/subjects';
import { nearest } from '../../../text/nearest';
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
    const kind = args.kind as string | undefined;
    if (kind !== undefined && graph.clusters.every((cluster) => subjectsHolding(cluster, '', kind).length === 0)) {
      throw noSuchKind(kind, graph);
    }
    const found = graph.clusters.flatMap((cluster) =>
      subjectsHolding(cluster, String(args.text), kind).map((subject) => {
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

function noSuchKind(kind: string, { clusters }: Graph): EspalierError {
  const objects = clusters.flatMap((cluster) => subjectsHolding(cluster, ''));
  const kinds = [...new Set(objects.flatMap((one) => (one.type === 'object' ? [one.identity.kind] : [])))].sort();
  const near = nearest(kind, kinds);
  const hint =
    near === undefined ? `. Its kinds are ${kinds.slice(0, mostKinds).join(', ')}` : `; did you mean ${near}?`;
  const more = near === undefined && kinds.length > mostKinds ? ` and ${kinds.length - mostKinds} more` : '';
  return new EspalierError(`the tree has no object of the kind ${JSON.stringify(kind)}${hint}${more}`);
}

/** Kinds that an error lists. */
const mostKinds = 40;

function fileOf(subject: Subject, cluster: Cluster): string | undefined {
  return subject.type === 'object' ? cluster.find(subject.identity)[0]?.document.file.path : undefined;
}
