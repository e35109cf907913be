import type { Result } from '../../checks/finding';
import type { Cluster } from '../../graph/cluster';
import type { Graph } from '../../graph/graph';
import type { Picture } from '../../pictures/picture';
import { renderDot } from './dot';
import { renderJson } from './json';
import { draw } from './layout/draw';
import { mermaidLimits, renderMermaid } from './mermaid';
import { renderPage } from './page/html';
import { pageData } from './page/page-data';
import { renderSvg } from './svg';

export type PictureFormatName = 'mermaid' | 'dot' | 'svg' | 'html' | 'json';

/** What pictures are of, for a format that shows more than they hold. */
export interface PictureContext {
  readonly graph: Graph;
  readonly cluster: Cluster;
  /** Runs the rules, for whoever shows findings. */
  readonly check: () => Result;
}

/** One form of a picture: a function, and a line below. */
export interface PictureFormat {
  /** @returns the whole file; the last line ends with a line feed */
  render(pictures: readonly Picture[], context: PictureContext): Promise<string>;
  /** What the reader of the format does not take, as a sentence; undefined where it takes all. */
  limit?(pictures: readonly Picture[], text: string): string | undefined;
}

export const pictureFormats: Readonly<Record<PictureFormatName, PictureFormat>> = {
  mermaid: {
    render: async (pictures) => pictures.map(renderMermaid).join('\n'),
    limit: (pictures, text) => {
      const edges = Math.max(0, ...pictures.map((picture) => picture.edges.filter(({ implied }) => !implied).length));
      if (edges > mermaidLimits.edges)
        return `Mermaid draws at most ${mermaidLimits.edges} edges, and this has ${edges}.`;
      if (text.length <= mermaidLimits.characters) return undefined;
      return `Mermaid draws at most ${mermaidLimits.characters} characters, and this has ${text.length}.`;
    },
  },
  dot: { render: async (pictures) => pictures.map(renderDot).join('\n') },
  svg: { render: async (pictures) => (await Promise.all(pictures.map(draw))).map(renderSvg).join('\n') },
  html: {
    render: async (pictures, { graph, cluster, check }) => {
      const drawings = await Promise.all(pictures.map(draw));
      return renderPage(pageData({ graph, cluster, drawings, result: check() }));
    },
  },
  json: { render: async (pictures, { graph }) => renderJson(pictures, graph) },
};
