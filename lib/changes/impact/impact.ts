import type { Effect } from '../review';

/** An effect with the place that it comes from: where the object names what it depends on. */
export interface ImpactEffect extends Effect {
  /** As it is named from where the command runs; undefined for what stands in no file. */
  readonly file?: string;
  readonly line?: number;
  /** How many steps it is away from what was asked about: 0 for that itself. */
  readonly distance: number;
}

/** Something that reads, or refers to, what was asked about. */
export interface Reader {
  /** `Deployment shop/shop`. */
  readonly object: string;
  /** What it does with it, as the end of a sentence: "takes `password` as environment variables". */
  readonly how: string;
  /** Whether it does without. */
  readonly optional: boolean;
  readonly file?: string;
  readonly line?: number;
}

/** What hangs on one thing in one cluster: plain data, for reports. Nothing in it is secret. */
export interface Impact {
  readonly cluster: string;
  /** As it can be asked for again: `Secret/shop/db#password`, `vault:kv/shop/db`. */
  readonly subject: string;
  /** Where it is written; undefined for what is not in the tree. */
  readonly file?: string;
  readonly line?: number;
  /** `shop/shop`: what applies it; undefined for what nothing in the tree applies. */
  readonly kustomization?: string;
  /** What makes it, or brings it: "ExternalSecret shop/db, from vault:kv/shop/db". */
  readonly madeBy: readonly string[];
  /** Who reads it, without steps between. */
  readonly readers: readonly Reader[];
  /** What follows once its content is another, step by step: each after what leads to it. */
  readonly ifChanged: readonly ImpactEffect[];
  /** What fails, and what is deleted, once it is gone, in the same way. */
  readonly ifGone: readonly ImpactEffect[];
}
