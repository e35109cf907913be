import type { Cluster } from '../../graph/cluster';
import { isFirst } from '../../graph/kustomization';
import type { Reference } from '../../graph/references/reference';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { mayMake } from '../../graph/unknown-index';
import type { Path } from '../../json/json';
import { textAt } from '../../json/read';
import { groupBy } from '../../text/group-by';
import { nearest } from '../../text/nearest';
import type { ClusterCheck, Problem } from '../check';
import { didYouMean } from '../hint';
import { meantObject } from '../meant';
import { missingUnless } from '../unless';

const group = 'source.toolkit.fluxcd.io';
const kinds = ['GitRepository', 'OCIRepository', 'Bucket', 'HelmRepository', 'HelmChart'];

export const sourceMissing: ClusterCheck = {
  id: 'flux/source-missing',
  severity: 'error',
  title: 'Reference to a source that does not exist',
  atRunTime: 'Flux applies nothing of it, and every retry fails: "Source \'GitRepository/…\' not found"',
  remedy: 'name a source of the tree, with its namespace if it is another one',
  fixes: 'write the one name that is a slip away, or the one namespace that has the name',
  source: 'kustomize-controller internal/controller/kustomization_controller.go (getSource)',
  *check(cluster) {
    // What a tree without Flux lacks may be anywhere.
    if (!cluster.flux) return;
    const references = cluster.references.all.filter(({ row }) => row.rule === sourceMissing.id);
    const bootstrapped = sourcesOfFirst(cluster);
    // A cluster has a few sources, and thousands of references: each source is looked for once.
    for (const [key, uses] of groupBy(references, keyOf)) {
      const [reference] = uses;
      const { kind, namespace, name } = reference;
      if (!kinds.includes(kind) || ![name, namespace].every(isKnown)) continue;
      const found = cluster.lookup({ group, kind, namespace, name });
      if (found.state === 'found') continue;
      const hint = hintFor(reference, cluster, bootstrapped);
      // What the first Kustomizations name was made with them, unless only one names it and another is a slip away.
      const slip = hint.near !== undefined && uses.length === 1;
      if (bootstrapped.has(key) && !slip) continue;
      const sure = bootstrapped.has(key) || onlyItselfMayBring(reference, uses, cluster);
      const unless = sure ? {} : missingUnless(found, reference);
      if (unless === undefined) continue;
      for (const use of uses) {
        const { resource, path } = use;
        const fix = hint.otherKind ? {} : meantObject(use.at, use, cluster.ofKind(group, kind));
        yield { ...problem(reference, resource, path, hint), ...unless, ...fix };
      }
    }
  },
};

/** Whether nothing may bring a source but what would first have to be read from it: `uses` are all that read it. */
function onlyItselfMayBring(reference: Reference, uses: readonly Reference[], cluster: Cluster): boolean {
  const readers = new Set(uses.map(({ resource }) => resource.document));
  const unknown = cluster.unknownSources.filter((source) => mayMake(source, reference));
  return unknown.length > 0 && unknown.every(({ document }) => readers.has(document));
}

function problem({ kind, namespace, name }: Reference, resource: Resource, path: Path, { text }: Hint): Problem {
  return { at: { resource, path }, message: `there is no ${kind} ${name} in namespace ${namespace}${text}` };
}

/** The sources that bootstrap, or a person, made together with the first Kustomizations. */
function sourcesOfFirst(cluster: Cluster): Set<string> {
  return new Set(
    cluster.kustomizations
      .filter((each) => isFirst(each, cluster))
      .map(({ spec, namespace }) =>
        keyOf({
          kind: textAt(spec, 'sourceRef', 'kind') ?? '',
          namespace: textAt(spec, 'sourceRef', 'namespace') || namespace,
          name: textAt(spec, 'sourceRef', 'name') ?? '',
        }),
      ),
  );
}

interface Hint {
  readonly text: string;
  /** A source whose name, or kind, is a slip away. */
  readonly near: string | undefined;
  readonly otherKind?: boolean;
}

function hintFor({ kind, namespace, name }: Reference, cluster: Cluster, bootstrapped: ReadonlySet<string>): Hint {
  const all = kinds.flatMap((other) => cluster.ofKind(group, other));
  const otherKind = all.find(
    (source) => source.kind !== kind && source.name === name && source.namespace === namespace,
  );
  if (otherKind) return { near: name, otherKind: true, text: `, but there is a ${otherKind.kind} with that name` };
  const here = all.filter((source) => source.kind === kind && source.namespace === namespace).map((it) => it.name);
  const near = nearest(name, here);
  if (near !== undefined) return { near, text: didYouMean(near) };
  const elsewhere =
    all.find((source) => source.kind === kind && source.name === name)?.namespace ??
    [...bootstrapped].map((key) => key.split('/')).find((parts) => parts[0] === kind && parts[2] === name)?.[1];
  const where = elsewhere === '' ? 'the one of that name has no namespace' : `it is in namespace ${elsewhere}`;
  return { near: undefined, text: elsewhere === undefined ? '' : `; ${where}` };
}

function keyOf({ kind, namespace, name }: Pick<Reference, 'kind' | 'namespace' | 'name'>): string {
  return `${kind}/${namespace}/${name}`;
}
