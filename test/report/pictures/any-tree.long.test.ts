import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../../lib/checks';
import { runChecks } from '../../../lib/checks/run';
import { makeGraph } from '../../../lib/graph/make-graph';
import { fluxOrder } from '../../../lib/pictures/flux-order';
import { secretFlow } from '../../../lib/pictures/secret-flow';
import { pictureFormats } from '../../../lib/report/pictures/formats';
import { renderMermaid } from '../../../lib/report/pictures/mermaid';
import { makeBuild } from '../../../lib/tree/kustomize';
import { readFolder } from '../../../lib/tree/source';
import { parseMermaid } from '../../mermaid';
import { repository } from '../../repository';

/** The trees of the rules' tests: right ones, and broken in every way that Espalier knows. */
const folder = join(repository, 'test', 'checks', 'rules');
const trees = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (entry.name === 'flagged' || entry.name === 'clean'))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

describe('a picture of any tree', () => {
  it('is drawn in every format, and Mermaid takes it', async () => {
    const diagrams: string[] = [];
    for (const tree of trees) {
      const source = readFolder(tree);
      const graph = makeGraph(source, makeBuild(source));
      for (const cluster of graph.clusters) {
        const pictures = [secretFlow(cluster), fluxOrder(cluster)];
        const context = { graph, cluster, check: () => runChecks(graph, { checks }) };
        for (const format of Object.values(pictureFormats)) await format.render(pictures, context);
        for (const app of cluster.kustomizations) fluxOrder(cluster, { app });
        diagrams.push(...pictures.filter(({ nodes }) => nodes.length > 0).map(renderMermaid));
      }
    }
    const faults = parseMermaid(diagrams).flatMap(({ error }, i) =>
      error === undefined ? [] : [{ error, diagram: diagrams[i] }],
    );
    expect(faults).toEqual([]);
    expect(diagrams.length).toBeGreaterThan(100);
  }, 240_000);
});
