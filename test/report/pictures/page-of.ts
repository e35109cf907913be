import { checks } from '../../../lib/checks';
import { runChecks } from '../../../lib/checks/run';
import { fluxOrder } from '../../../lib/pictures/flux-order';
import { secretFlow } from '../../../lib/pictures/secret-flow';
import { pictureFormats } from '../../../lib/report/pictures/formats';
import { graphOf } from '../../graph/graph';
import type { Texts } from '../../tree/kustomize/memory';
import { hostile } from './made';

/** The page of a tree's pictures. */
export async function htmlOf(texts: Texts): Promise<string> {
  const graph = graphOf(texts);
  const [cluster] = graph.clusters;
  if (cluster === undefined) throw new Error('the tree has no cluster');
  return pictureFormats.html.render([secretFlow(cluster), fluxOrder(cluster)], {
    graph,
    cluster,
    check: () => runChecks(graph, { checks }),
  });
}

/** A tree whose every text is somebody's attack. */
export const attacked: Texts = {
  'a.yaml': hostile
    .filter((text) => ['\u0000', '\uD800'].every((mark) => !text.includes(mark)))
    .map((text) =>
      [
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: text, namespace: text, annotations: { [text]: text } },
          stringData: { [text]: text },
        },
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: text, namespace: text },
          spec: { containers: [{ name: text, args: [text], envFrom: [{ secretRef: { name: text } }] }] },
        },
      ]
        .map((value) => `---\n${JSON.stringify(value)}\n`)
        .join(''),
    )
    .join(''),
};
