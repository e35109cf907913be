import type { Graph } from '../../graph/graph';
import { describe } from '../../graph/identity';
import { nameOf } from '../../graph/kustomization';
import { hider } from '../../graph/masking';
import type { FluxKustomization, ResourcePath } from '../../graph/resource';
import { shownPlace } from '../../graph/shown-place';
import type { Prerequisite, PrerequisiteKind, Start, Starting } from '../../graph/start';
import { display } from '../../graph/substitution';
import { readiness } from '../../pictures/readiness';
import { target } from '../pages/commands';
import { word } from '../pages/markdown';

/** In which order one cluster starts, as it is told: nothing in it is secret. */
export interface ClusterOrder {
  readonly cluster: string;
  /** What has to be there before. */
  readonly before: readonly ToldPrerequisite[];
  /** What bootstrap or a person applies, before Flux reads the tree: `GitRepository flux-system/flux-system`. */
  readonly begun: readonly string[];
  /** What Flux applies at the same time; the first is wave 0. */
  readonly waves: readonly (readonly ToldKustomization[])[];
  /** What never starts, as the tree is. */
  readonly stuck: readonly {
    readonly kustomization: string;
    readonly why: string;
    readonly file?: string;
    readonly line?: number;
  }[];
}

export interface ToldPrerequisite {
  readonly kind: PrerequisiteKind;
  readonly what: string;
  /** The keys that it must have, as far as the tree names them. */
  readonly keys: readonly string[];
  /** What else is to be known, each a clause. */
  readonly notes: readonly string[];
  /** A command that shows whether it is there. */
  readonly check?: string;
  /** `ExternalSecret shop/db`; the first in the order of waves. */
  readonly neededBy: readonly string[];
  /** The first wave that needs it; left out where nothing that starts does. */
  readonly wave?: number;
  readonly file?: string;
  readonly line?: number;
}

export interface ToldKustomization {
  /** `shop/shop`. */
  readonly kustomization: string;
  readonly file?: string;
  readonly line?: number;
  /** How many objects it applies. */
  readonly objects: number;
  /** What it waits for, by its dependsOn. */
  readonly after: readonly string[];
  /** When it counts as ready: clauses. */
  readonly ready: readonly string[];
  /** The definitions of kinds that it brings: API groups. */
  readonly defines: readonly string[];
  readonly webhooks: readonly string[];
  readonly releases: readonly { readonly release: string; readonly after: readonly string[] }[];
  /** Kinds that another brings later: until then it fails, and tries again. */
  readonly retries: readonly { readonly kinds: readonly string[]; readonly by: string; readonly wave: number }[];
}

/** The order of a cluster as plain data, without what is secret. */
export function toldOrder(cluster: string, { before, begun, waves, stuck }: Start, graph: Graph): ClusterOrder {
  const hide = hider([graph]);
  const told = (text: string) => hide(display(text));
  const place = (at: ResourcePath | undefined) => shownPlace(at, graph.tree);
  return {
    cluster,
    before: before.map((one) => ({
      kind: one.kind,
      what: told(one.what),
      keys: one.keys.map(told),
      notes: one.notes.map(told),
      ...checkOf(one, told),
      neededBy: one.neededBy.map((resource) => told(describe(resource))),
      ...(one.wave !== undefined && { wave: one.wave }),
      ...place(one.at),
    })),
    begun: begun.map((resource) => told(describe(resource))),
    waves: waves.map((wave) => wave.map((one) => kustomizationTold(one, told, place))),
    stuck: stuck.map(({ kustomization, why }) => ({
      kustomization: told(nameOf(kustomization)),
      why: told(why),
      ...place(ownPlace(kustomization)),
    })),
  };
}

function kustomizationTold(
  { kustomization, after, defines, webhooks, releases, retries }: Starting,
  told: (text: string) => string,
  place: (at: ResourcePath) => { file?: string; line?: number },
): ToldKustomization {
  return {
    kustomization: told(nameOf(kustomization)),
    ...place(ownPlace(kustomization)),
    objects: kustomization.resources.length,
    after: after.map((one) => told(nameOf(one))),
    ready: readiness(kustomization).map(told),
    defines: defines.map(told),
    webhooks: webhooks.map((one) => told(describe(one))),
    releases: releases.map(({ release, after }) => ({ release: told(describe(release)), after: after.map(told) })),
    retries: retries.map(({ kinds, by, wave }) => ({ kinds: kinds.map(told), by: told(nameOf(by)), wave })),
  };
}

function ownPlace({ resource }: FluxKustomization): ResourcePath {
  return { resource, path: ['metadata', 'name'] };
}

/** What one types to see whether it is there. */
function checkOf({ kind, what, object, vault }: Prerequisite, told: (text: string) => string): { check?: string } {
  if (vault !== undefined) {
    const namespace = vault.namespace === undefined ? '' : ` -namespace=${word(vault.namespace)}`;
    const mount = vault.mount === undefined ? '' : ` -mount=${word(vault.mount)}`;
    return { check: told(`vault kv get${namespace}${mount} ${word(vault.path)}`) };
  }
  if (kind === 'secret' && object !== undefined) return { check: told(`kubectl get ${target(object)}`) };
  if (kind === 'host' && !/[*$]/.test(what)) return { check: told(`dig +short ${word(what)}`) };
  return {};
}
