import type { Severity } from '../../../checks/finding';
import type { NodeKind, PictureName, PictureNode } from '../../../pictures/picture';
import type { Drawing, DrawnEdge, DrawnNode } from '../layout/drawing';

/** What the page shows, as JSON within it: the code that runs in the browser reads nothing else. */
export interface PageData {
  /** The cluster. */
  readonly title: string;
  readonly pictures: readonly PagePicture[];
  readonly objects: readonly PageObject[];
  /** How each kind is called, and its sign as the path of an SVG. */
  readonly kinds: Readonly<Record<NodeKind, { readonly name: string; readonly sign: string }>>;
}

export interface PagePicture extends Pick<Drawing, 'width' | 'height' | 'frames' | 'blocks'> {
  readonly name: PictureName;
  readonly tab: string;
  readonly title: string;
  readonly nodes: readonly PageNode[];
  /** Every edge between nodes, those that follow from others included. */
  readonly edges: readonly PageEdge[];
  readonly drawnNodes: readonly DrawnNode[];
  readonly drawnEdges: readonly PageDrawnEdge[];
}

export interface PageNode extends Pick<PictureNode, 'kind' | 'label' | 'namespace' | 'state' | 'outside' | 'details'> {
  readonly caption: string;
  readonly name: string;
  /** '' for none. */
  readonly app: string;
  readonly keys: readonly string[];
  readonly openKeys: boolean;
  /** Its place among the page's objects; -1 for none. */
  readonly object: number;
}

/** `[from, to, label, implied]`: places among the picture's nodes. */
export type PageEdge = readonly [from: number, to: number, label: string, implied: boolean];

export interface PageDrawnEdge extends Omit<DrawnEdge, 'curve' | 'end'> {
  /** The path of an SVG. */
  readonly path: string;
}

export interface PageObject {
  /** `Deployment backstage/backstage`. */
  readonly title: string;
  readonly file: string;
  /** As Flux applies it; what is secret is hidden. */
  readonly yaml: string;
  readonly findings: readonly PageFinding[];
}

export interface PageFinding {
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
  /** `apps/shop/deployment.yaml:30`. */
  readonly place: string;
}
