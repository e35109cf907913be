import type { Cluster } from '../../graph/cluster';
import { folderName } from '../../graph/cluster-name';
import { isFluxKustomization } from '../../graph/flux/objects';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { display } from '../../graph/substitution';
import { compareText } from '../../text/compare';
import { memoize } from '../../text/memoize';

/** What one Flux Kustomization applies, as one app. */
export interface App {
  readonly kustomization: FluxKustomization;
  /**
   * What it consists of: all that its Kustomization applies, but for namespaces and other Kustomizations, and what its charts make, but
   * for definitions.
   */
  readonly resources: readonly Resource[];
  /** The namespace that most of it lives in; '' where all of it is cluster-wide. */
  readonly namespace: string;
  /** The name of its page's file, `backstage.md`: unlike any other of its cluster, whatever letters are capital. */
  readonly file: string;
}

/** The name of the index's file, which no app's page has. */
export const indexFile = 'README.md';

/**
 * The apps of a cluster: every Flux Kustomization that applies anything but namespaces and other Kustomizations, by name. Pages
 * are called like the Kustomization, with the namespace before it where several are called the same.
 */
export const appsOf = memoize((cluster: Cluster): readonly App[] => {
  const found = cluster.kustomizations
    .map((kustomization) => ({ kustomization, applied: kustomization.resources.filter(belongsToApp) }))
    .filter(({ applied }) => applied.length > 0)
    .sort((a, b) => compareText(sortKey(a.kustomization), sortKey(b.kustomization)));
  const files = filesOf(found.map(({ kustomization }) => kustomization));
  return found.map(({ kustomization, applied }) => ({
    kustomization,
    resources: [...applied, ...madeByCharts(applied, cluster)],
    namespace: mostCommon(applied) ?? kustomization.namespace,
    file: files.get(kustomization) ?? '',
  }));
});

function madeByCharts(resources: readonly Resource[], cluster: Cluster): readonly Resource[] {
  return resources.flatMap((release) => {
    const contents = cluster.charts.get(release);
    if (contents?.type !== 'opened') return [];
    const made = contents.objects.filter(
      (object) => belongsToApp(object) && object.kind !== 'CustomResourceDefinition',
    );
    return [...made, ...madeByCharts(made, cluster)];
  });
}

function belongsToApp({ group, kind, value }: Resource): boolean {
  return !isFluxKustomization(value) && !(group === '' && kind === 'Namespace');
}

function mostCommon(resources: readonly Resource[]): string | undefined {
  const times = new Map<string, number>();
  for (const { namespace } of resources) if (namespace !== '') times.set(namespace, (times.get(namespace) ?? 0) + 1);
  const most = Math.max(0, ...times.values());
  return [...times].find(([, number]) => number === most)?.[0];
}

function filesOf(kustomizations: readonly FluxKustomization[]): ReadonlyMap<FluxKustomization, string> {
  const short = ({ name }: FluxKustomization) => folderName(display(name));
  const long = ({ namespace, name }: FluxKustomization) => folderName(`${display(namespace)}-${display(name)}`);
  const times = new Map<string, number>();
  for (const one of kustomizations) times.set(folded(short(one)), (times.get(folded(short(one))) ?? 0) + 1);
  const isUnique = (one: FluxKustomization) => times.get(folded(short(one))) === 1;

  const taken = new Set([folded(indexFile.replace(/\.md$/, ''))]);
  const files = new Map<FluxKustomization, string>();
  // Those that keep their plain name first, so that it is not taken by another's long one.
  for (const one of [...kustomizations.filter(isUnique), ...kustomizations.filter((other) => !isUnique(other))]) {
    const wanted = isUnique(one) && !taken.has(folded(short(one))) ? short(one) : long(one);
    let name = wanted;
    for (let i = 2; taken.has(folded(name)); i += 1) name = `${wanted}-${i}`;
    taken.add(folded(name));
    files.set(one, `${name}.md`);
  }
  return files;
}

/** Equal for two names that are one file on macOS or Windows. */
function folded(name: string): string {
  return name.toLowerCase();
}

function sortKey({ namespace, name }: FluxKustomization): string {
  return `${name}/${namespace}`;
}
