import type { NodeKind, Picture } from '../../../pictures/picture';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Point, Size {}

/** One line of text on a card; `y` is its baseline, from the card's top. */
export interface CardLine {
  readonly style: 'caption' | 'name' | 'detail' | 'keys';
  readonly text: string;
  readonly y: number;
}

/** A node as it is drawn: a rectangle with lines of text. */
export interface DrawnNode extends Box {
  /** Which of the picture's nodes it is, counted from 0. Several may be one: what many hang on stands beside each. */
  readonly node: number;
  readonly kind: NodeKind;
  readonly lines: readonly CardLine[];
}

export interface DrawnEdge {
  /** Which of the picture's edges it stands for. */
  readonly edges: readonly number[];
  /** The cubic curve: its beginning, then three points for each piece. */
  readonly curve: readonly Point[];
  /** Where its arrow ends. */
  readonly end: Point;
  /** In the middle of the text; undefined for an edge without. */
  readonly label: (Point & { readonly lines: readonly string[] }) | undefined;
  readonly optional: boolean;
  readonly kind: Picture['edges'][number]['kind'];
}

/** A frame around nodes that hang on the same others, which so have one edge together. */
export interface Frame extends Box {
  readonly text: string;
}

/** A part of the picture that no edge leads out of. */
export interface Block extends Box {
  /** The app that all of it belongs to; '' for several. */
  readonly title: string;
  /** Indices into the drawing's lists, from and to (the latter not included). */
  readonly nodes: readonly [from: number, to: number];
  readonly edges: readonly [from: number, to: number];
  readonly frames: readonly [from: number, to: number];
}

/** A picture with a place for everything; in pixels, from the top left corner. */
export interface Drawing extends Size {
  readonly picture: Picture;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly frames: readonly Frame[];
  readonly blocks: readonly Block[];
}
