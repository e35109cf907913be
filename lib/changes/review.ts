import type { Finding } from '../checks/finding';

/**
 * How careful a reviewer has to be:
 * `none` nothing changes in the cluster; `low` nothing that runs is touched; `medium` pods restart, something is upgraded or waits for a
 * person; `high` something is deleted, recreated or fails; `critical` data or credentials may be lost for good.
 */
export type Danger = 'none' | 'low' | 'medium' | 'high' | 'critical';

export const dangers: readonly Danger[] = ['none', 'low', 'medium', 'high', 'critical'];

/** What kind of thing happens; reports group effects by it, in this order. */
export const effectKinds = [
  'data',
  'password',
  'refused',
  'blocked',
  'recreated',
  'deleted',
  'orphaned',
  'restart',
  'stale',
  'upgrade',
  'scale',
  'vault',
  'suspended',
  'other',
] as const;
export type EffectKind = (typeof effectKinds)[number];

/** Something that happens in the cluster once the change is merged: plain data, for reports. Nothing in it is secret. */
export interface Effect {
  readonly kind: EffectKind;
  readonly danger: Danger;
  /** The object that it happens to, which need not be one that changed: `Deployment backstage/backstage`. */
  readonly object: string;
  /** What happens to it: a clause that continues the object's name, without a full stop; code between backticks. */
  readonly message: string;
  /** What led there, from the change on, each such as "Secret/backstage-secrets key `TOKEN`"; empty where it is the object's own change. */
  readonly chain: readonly string[];
  /** What a person has to do, in order, each a whole sentence; code between backticks. Empty when Flux does it all. */
  readonly todo: readonly string[];
  /** Why it does not happen yet, such as "Kustomization apps/shop is suspended". */
  readonly held?: string;
}

/** One field that differs. Values are ready to be shown: secret ones are hidden, long ones cut. */
export interface FieldChange {
  /** Such as `spec.template.spec.containers[backstage].image`: items of lists by their keys, or by their number. */
  readonly path: string;
  readonly type: 'added' | 'removed' | 'changed';
  /** As YAML, perhaps of several lines; undefined where there was none. */
  readonly before?: string;
  readonly after?: string;
  /** Of a text of many lines, what differs, each line with `+`, `-` or a space in front; then `before` and `after` are left out. */
  readonly lines?: readonly string[];
}

/** Where an object is written and what applies it. */
export interface Whereabouts {
  /** As it is named from where the command runs. */
  readonly file: string;
  /** `backstage/backstage`; undefined for what nothing in the tree applies. */
  readonly kustomization: string | undefined;
}

/** An object that differs. */
export interface Change {
  /** `moved`: another file or Kustomization, and not a field that differs. */
  readonly type: 'created' | 'changed' | 'moved' | 'deleted';
  /** `Deployment backstage/backstage`. */
  readonly object: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Undefined where it was not, or is no more. */
  readonly before: Whereabouts | undefined;
  readonly after: Whereabouts | undefined;
  readonly fields: readonly FieldChange[];
  /** What happens to this very object. */
  readonly effects: readonly Effect[];
  /** Whether nothing is known of what a change of this kind of object does. @default - it is */
  readonly unjudged?: true;
  /** Of what a chart makes: the HelmRelease, and the file of the chart. */
  readonly madeBy?: { readonly release: string; readonly template: string };
}

/** What becomes of a release of a chart whose objects are known, or of several that are upgraded alike. */
export interface ChartChange {
  /** `app-template`. */
  readonly chart: string;
  /** Its version; undefined where it is installed anew. */
  readonly before: string | undefined;
  /** Undefined where it is uninstalled. */
  readonly after: string | undefined;
  /** `HelmRelease media/plex`. */
  readonly releases: readonly string[];
  readonly danger: Danger;
  /** How many objects it makes in all of these. */
  readonly objects: number;
  /** How many of them differ in labels of versions and checksums alone: `changes` does not have them. */
  readonly routine: number;
  /** What happens in the cluster, what matters most first: clauses without a full stop; code between backticks. */
  readonly summary: readonly string[];
}

export interface ImageChange {
  /** The object whose containers run it, or the chart that it is the version of. */
  readonly object: string;
  /** The container, `imageName` and the like. */
  readonly what: string;
  /** Undefined where it is new. */
  readonly before: string | undefined;
  /** Undefined where it is gone. */
  readonly after: string | undefined;
  /** Why it does not run yet, such as "Kustomization apps/shop is suspended". */
  readonly held?: string;
}

/** A Kustomization that changes, and who waits for it. */
export interface Blast {
  /** `external-secrets/external-secrets-stores`. */
  readonly kustomization: string;
  /** How many of the objects that it applies differ. */
  readonly changes: number;
  /** Kustomizations that wait for it, directly or not, by name. */
  readonly dependents: readonly string[];
  /** Objects of other Kustomizations that read what changes in it: "Deployment shop/shop reads Secret shop/db". */
  readonly readers: readonly string[];
}

/** What a change does to one cluster. */
export interface ClusterReview {
  /** The folder of its first Kustomizations. */
  readonly name: string;
  readonly type: 'created' | 'changed' | 'deleted';
  readonly danger: Danger;
  /** What becomes of the charts of HelmReleases; undefined where none was opened. */
  readonly charts?: readonly ChartChange[];
  readonly images: readonly ImageChange[];
  readonly blast: readonly Blast[];
  /** By Kustomization, then by kind and name. */
  readonly changes: readonly Change[];
  /** All that happens: the effects of every change, and those on objects that did not change; the most dangerous first. */
  readonly effects: readonly Effect[];
}

/** What a change does. */
export interface Review {
  /** What is compared, for people: `merge base with origin/main (4f2c1d0)`, `the work tree`. */
  readonly base: string;
  readonly head: string;
  readonly danger: Danger;
  /** The names of all clusters that were compared. @default - nobody says */
  readonly compared?: readonly string[];
  /** Clusters that something happens to. */
  readonly clusters: readonly ClusterReview[];
  /** What the checks find now and did not find before. */
  readonly found: readonly Finding[];
  /** What they do not find any more in what is still there. */
  readonly mended: readonly Finding[];
  /** What they do not find any more because what it was about is deleted. */
  readonly noLongerReported: readonly Finding[];
  /** What could not be compared, each a whole sentence. */
  readonly unknown: readonly string[];
}
