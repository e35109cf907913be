import { push } from '../text/group-by';
import { fitsWildcards } from '../text/wildcards';
import type { Identity } from './identity';
import type { UnknownSource } from './unknown-source';

/** Groups whose objects are Flux's own: charts do not bring them. */
const flux = /\.toolkit\.fluxcd\.io$/;

/** Whether an unknown source may make an object. */
export function mayMake(source: UnknownSource, object: Identity): boolean {
  if (source.helm && object.group === '' && object.kind === 'Namespace') return source.createsNamespace === object.name;
  if (!mayHold(source, object)) return false;
  return source.makes === undefined || source.makes(object);
}

/** Whether an unknown source may make objects of a kind in a namespace, whatever their names. */
function mayHold(
  { helm, namespaces, holds }: UnknownSource,
  { group, kind, namespace }: Omit<Identity, 'name'>,
): boolean {
  if (helm && flux.test(group)) return false;
  if (holds?.({ group, kind }) === false) return false;
  return namespace === '' || namespaces.some((pattern) => fitsWildcards(pattern, namespace));
}

/** The unknown sources of a cluster by namespace: a tree has thousands of releases, and is asked for thousands of objects that it lacks. */
export class UnknownIndex {
  /** Those that may make objects in whatever namespace, or in one of which only a part is known. */
  private readonly wide: UnknownSource[] = [];
  private readonly byNamespace = new Map<string, UnknownSource[]>();

  constructor(private readonly all: readonly UnknownSource[]) {
    for (const source of all) {
      if (source.namespaces.some((namespace) => namespace.includes('*'))) this.wide.push(source);
      else for (const namespace of source.namespaces) push(this.byNamespace, namespace, source);
    }
  }

  /**
   * What may make an object: a release that is called as it begins, of which nothing more has to be read, else the first, those of its
   * own namespace before the others.
   */
  making(object: Identity): UnknownSource | undefined {
    const near = this.near(object.namespace);
    const isNamed = ({ release }: UnknownSource) => release !== undefined && object.name.startsWith(release);
    return (
      near.find((source) => isNamed(source) && mayMake(source, object)) ??
      near.find((source) => mayMake(source, object))
    );
  }

  /** What may make objects of a kind in a namespace, whatever their names. */
  othersIn(kind: Omit<Identity, 'name'>): UnknownSource | undefined {
    return this.near(kind.namespace).find((source) => mayHold(source, kind));
  }

  private near(namespace: string): readonly UnknownSource[] {
    return namespace === '' ? this.all : [...(this.byNamespace.get(namespace) ?? []), ...this.wide];
  }
}
