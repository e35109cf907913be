import type { Cluster } from '../graph/cluster';
import type { Resource } from '../graph/resource';

/** Something that may be written. */
export interface Suggestion {
  readonly text: string;
  /** What it is of: `ExternalSecret shop/db`. */
  readonly detail: string;
}

/** An object in which something is being written, and the mark stands for that. */
export interface Writing {
  readonly cluster: Cluster;
  readonly resource: Resource;
}

/** Stands for what is being written. */
export const mark = 'espalier-cursor';
