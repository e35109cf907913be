import { listAt, textAt } from '../../json/read';
import { groupKind } from '../../systems/api-version';
import type { Resource } from '../resource';
import type { SetContents } from './contents';
import { operatorGroup } from './inputs';
import { mostWork, unfold } from './unfold';

/** A ResourceSet may make others; so deep nobody nests them. */
const deepest = 5;

/** The ResourceSets of a cluster, each unfolded once its inputs are there: a provider may be what another ResourceSet makes. */
export class UnfoldedSets {
  readonly contents = new Map<Resource, SetContents>();
  private readonly budget = { left: mostWork };
  private readonly names = new Set<string>();
  private readonly waiting: Resource[] = [];
  private readonly providers: Resource[] = [];

  add(resource: Resource): void {
    const kind = groupKind(resource);
    if (kind === `${operatorGroup}/ResourceSetInputProvider`) this.providers.push(resource);
    if (kind !== `${operatorGroup}/ResourceSet`) return;
    const name = `${resource.namespace}/${resource.name}`;
    if (this.names.has(name) || depthOf(resource) > deepest) return;
    this.names.add(name);
    this.waiting.push(resource);
  }

  /**
   * What another ResourceSet makes; undefined when none is left.
   *
   * @param left how many more objects the cluster may have
   */
  next(left: number): readonly Resource[] | undefined {
    const [set] = [...this.waiting].sort((a, b) => this.lateness(a) - this.lateness(b));
    if (set === undefined) return undefined;
    this.waiting.splice(this.waiting.indexOf(set), 1);
    const own = this.providers.filter(({ namespace }) => namespace === set.namespace);
    const made = unfold(set, own, this.budget);
    const isTooMuch = made.type === 'unfolded' && made.objects.length > left;
    const contents: SetContents = isTooMuch ? { type: 'open', why: 'the tree would have too many objects' } : made;
    this.contents.set(set, contents);
    return contents.type === 'unfolded' ? contents.objects : [];
  }

  /** First those without providers, then those whose providers are there, then those that select them. */
  private lateness({ value, namespace }: Resource): number {
    const names = listAt(value, 'spec', 'inputsFrom').map((one) => textAt(one, 'name'));
    if (names.length === 0) return 0;
    if (names.includes(undefined)) return 2;
    const isThere = (name: string | undefined) =>
      this.providers.some((provider) => provider.name === name && provider.namespace === namespace);
    return names.every(isThere) ? 1 : 3;
  }
}

function depthOf({ madeBy }: Resource): number {
  let depth = 0;
  for (let by = madeBy; by !== undefined; by = by.madeBy) depth += 1;
  return depth;
}
