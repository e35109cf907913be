import type { Opening } from './cluster';
import type { Identity } from './identity';

/** Groups whose objects are Flux's own: charts do not bring them. */
const flux = /\.toolkit\.fluxcd\.io$/;

/** An opening with where it stands among all: the first that may bring an object is the one that is told. */
interface Placed {
  readonly opening: Opening;
  readonly place: number;
}

/** The first opening, and the first that is no chart's. */
interface First {
  any: Placed | undefined;
  other: Placed | undefined;
}

/**
 * The openings of a cluster by what they may bring: a tree has thousands of releases, and is asked for thousands of objects that it
 * does not have.
 */
export class OpeningIndex {
  private readonly all: First = { any: undefined, other: undefined };
  /** Those that may bring objects into any namespace. */
  private readonly everywhere: First = { any: undefined, other: undefined };
  private readonly byNamespace = new Map<string, First>();
  /** Charts, by the namespace that their release makes. */
  private readonly byCreated = new Map<string, Placed>();

  constructor(openings: readonly Opening[]) {
    for (const [place, opening] of openings.entries()) this.add({ opening, place });
  }

  private add(placed: Placed): void {
    const { namespaces, helm, createsNamespace } = placed.opening;
    note(this.all, placed);
    if (namespaces === undefined) note(this.everywhere, placed);
    for (const namespace of namespaces ?? []) {
      let first = this.byNamespace.get(namespace);
      if (first === undefined) {
        first = { any: undefined, other: undefined };
        this.byNamespace.set(namespace, first);
      }
      note(first, placed);
    }
    if (helm && createsNamespace !== undefined && !this.byCreated.has(createsNamespace)) {
      this.byCreated.set(createsNamespace, placed);
    }
  }

  /** The first opening that may bring an object. */
  bringing({ group, kind, namespace, name }: Identity): Opening | undefined {
    const isFlux = flux.test(group);
    if (group === '' && kind === 'Namespace') {
      // Charts make no namespaces but their release's.
      return earlier(this.matching(namespace, true), this.byCreated.get(name))?.opening;
    }
    return this.matching(namespace, isFlux)?.opening;
  }

  private matching(namespace: string, withoutCharts: boolean): Placed | undefined {
    const which = withoutCharts ? 'other' : 'any';
    if (namespace === '') return this.all[which];
    return earlier(this.everywhere[which], this.byNamespace.get(namespace)?.[which]);
  }
}

function note(first: First, placed: Placed): void {
  first.any ??= placed;
  if (!placed.opening.helm) first.other ??= placed;
}

function earlier(one: Placed | undefined, other: Placed | undefined): Placed | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.place <= other.place ? one : other;
}
