import { chartOfRelease } from '../graph/releases/source';
import { misfitOf } from '../graph/schema/misfit';
import { pathText } from '../json/path-text';
import type { ReadImport } from '../report/charts/read-typescript';
import type { ChartSource } from '../tree/charts/chart';
import type { Draft } from './draft';
import { isVariable, marked } from './print/marked';
import type { Code, Construction, Program, TypeArgument } from './program';
import type { Survey, WrittenObject } from './survey';

/** A file of `espalier import` in the project. */
export interface ImportedFile extends ReadImport {
  /** Below the project's folder, without `.ts`. */
  readonly path: string;
}

/** Which releases take the types of an imported chart. */
export interface ImportedValues {
  readonly types: ReadonlyMap<Construction, ImportedFile>;
  /** Releases of an imported chart whose values are not of its types. */
  readonly misfits: readonly { readonly object: WrittenObject; readonly why: string }[];
}

/** Holds the values of the releases of imported charts against the types: what is not of them would not compile. */
export function importedValues(program: Program, { graph }: Survey, imports: readonly ImportedFile[]): ImportedValues {
  const types = new Map<Construction, ImportedFile>();
  const misfits: { object: WrittenObject; why: string }[] = [];
  if (imports.length === 0) return { types, misfits };
  const clusterOf = new Map(graph.clusters.flatMap((cluster) => cluster.resources.map((one) => [one, cluster])));
  const byPlace = new Map(imports.map((file) => [placeImported(file), file]));
  for (const draft of program.modules.flatMap(({ constructions }) => constructions) as Draft[]) {
    if (draft.className !== 'HelmRelease' || draft.props?.values === undefined) continue;
    const object = draft.of as WrittenObject;
    const [release] = object.resources;
    const cluster = release && clusterOf.get(release);
    const chart = release && cluster && chartOfRelease(release, cluster, graph.above);
    const file = chart && 'source' in chart ? byPlace.get(placeOf(chart.source)) : undefined;
    if (file === undefined) continue;
    const path = misfitOf(marked(draft.props.values as Code), file.values, isVariable);
    if (path === undefined) types.set(draft, file);
    else
      misfits.push({
        object,
        why: `values.${pathText(path)} is not of ${file.typeName} (chart ${file.location.version})`,
      });
  }
  return { types, misfits };
}

/** Where a chart is, whichever version of it: a release takes the types of another one where its values fit. */
function placeOf(source: ChartSource): string {
  if (source.type === 'folder') return source.folder;
  return source.type === 'repository' ? `${source.url} ${source.name}` : source.url;
}

function placeImported({ location: { oci, repository, name, folder } }: ImportedFile): string {
  return oci?.replace(/\/+$/, '') ?? (repository === undefined ? String(folder) : `${repository} ${name}`);
}

/**
 * The type arguments of a program's constructions.
 *
 * @param untyped Manifests that are not of the type of their kind
 * @param ending what imports of other files end with
 */
export function typeArgumentsOf(
  untyped: Iterable<Construction>,
  types: ImportedValues['types'],
  ending: string,
): Map<Construction, TypeArgument> {
  return new Map<Construction, TypeArgument>([
    ...[...untyped].map((one) => [one, { name: 'string' }] as const),
    ...[...types].map(([one, { typeName, path }]) => [one, { name: typeName, from: `${path}${ending}` }] as const),
  ]);
}
