import type { IConstruct } from 'constructs';

/** A Service by name, and its port: `{ name: 'shop', port: 80 }`, or `release.service('shop', 80)` of a chart. */
export interface ServiceHandle {
  readonly name: string;
  readonly port?: number;
  readonly namespace?: string;
  /** The construct that makes it; who refers to it waits for that. @default none: it is there already */
  readonly producer?: IConstruct;
}
