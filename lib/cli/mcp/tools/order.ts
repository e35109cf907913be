import { clusterNames } from '../../../graph/cluster-name';
import { prerequisiteKinds, startOf } from '../../../graph/start';
import { toldOrder } from '../../../report/order/told';
import { number, object, page, pageInput, pageOf, type Tool, text, texts, treeInput } from '../tool';

const place = { file: text, line: number };

/** In which order a cluster starts. */
export const order: Tool = {
  name: 'order',
  title: 'In which order a cluster starts',
  description:
    'The waves in which Flux applies Kustomizations, those that never start and why, and what has to be there before: Secrets that nothing makes, paths in Vault that something reads and nothing writes, buckets, data, DNS, registries.',
  input: {
    part: {
      type: 'string',
      enum: ['waves', 'before', 'stuck'],
      description: 'Which part of the answer beside the counts (default: waves)',
    },
    kind: { type: 'string', enum: [...prerequisiteKinds], description: 'With part before: only these' },
    ...treeInput,
    ...pageInput,
  },
  output: object({
    clusters: {
      type: 'array',
      items: object(
        {
          cluster: text,
          counts: object({ before: number, waves: number, kustomizations: number, stuck: number }),
          begun: texts,
          before: pageOf(
            object(
              {
                kind: text,
                what: text,
                keys: texts,
                notes: texts,
                check: text,
                neededBy: texts,
                wave: number,
                ...place,
              },
              ['kind', 'what', 'keys', 'notes', 'neededBy'],
            ),
          ),
          waves: pageOf(
            object({ wave: number, kustomization: text, objects: number, after: texts, ready: texts, ...place }, [
              'wave',
              'kustomization',
              'objects',
              'after',
              'ready',
            ]),
          ),
          stuck: pageOf(object({ kustomization: text, why: text, ...place }, ['kustomization', 'why'])),
        },
        ['cluster', 'counts', 'begun'],
      ),
    },
  }),
  readOnly: true,
  async run(args, access) {
    const graph = await access.graph(args);
    const names = clusterNames(graph);
    const part = (args.part as string | undefined) ?? 'waves';
    return {
      clusters: graph.clusters.map((cluster) => {
        const told = toldOrder(names.get(cluster) ?? cluster.name, startOf(cluster, graph), graph);
        const started = told.waves.flatMap((wave, i) =>
          wave.map(({ kustomization, objects, after, ready, file, line }) => ({
            wave: i,
            kustomization,
            objects,
            after,
            ready,
            ...(file !== undefined && { file, line }),
          })),
        );
        const before = told.before.filter(({ kind }) => args.kind === undefined || kind === args.kind);
        return {
          cluster: told.cluster,
          counts: {
            before: told.before.length,
            waves: told.waves.length,
            kustomizations: started.length,
            stuck: told.stuck.length,
          },
          begun: told.begun,
          ...(part === 'before' && { before: page(before, args) }),
          ...(part === 'waves' && { waves: page(started, args) }),
          ...(part === 'stuck' && { stuck: page(told.stuck, args) }),
        };
      }),
    };
  },
};
