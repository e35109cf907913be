import { foldersOf } from '../../tree/paths';
import { takeComments, underComment } from '../commented';

/**
 * Fields of a kustomization.yaml, as kustomize knows them. What the folder holds is listed in `resources` by itself, but for what these
 * fields name, as a patch for example: own `resources` follow, and those that name everything are the list. `null` leaves a field out.
 * In `components`, folders may be Directories.
 */
export type KustomizationFileFields = Readonly<Record<string, unknown>>;

/** A kustomization.yaml that lists these entries, but for those that the fields name, before the fields' own. */
export function kustomizationFile(
  entries: readonly string[],
  fields: KustomizationFileFields,
): Readonly<Record<string, unknown>> {
  const others = unlisted(entries, fields);
  const version = fields.kind === 'Component' ? 'v1alpha1' : 'v1beta1';
  const document = {
    ...(!('apiVersion' in fields) && { apiVersion: `kustomize.config.k8s.io/${version}` }),
    ...(!('kind' in fields) && { kind: 'Kustomization' }),
    ...fields,
    resources: underComment(fields.resources, (own) => {
      if (own === undefined) return others;
      // What is no list stays as it is written, as other fields do: kustomize refuses it, and the checks say so.
      return Array.isArray(own) ? [...others, ...own] : own;
    }),
  };
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null));
}

/**
 * Those of the entries that the fields of a kustomization.yaml do not name. They name a resource or component by itself or with its
 * folder, and a file that is anything else, such as a patch or what a generator reads (`key=file`).
 */
export function unlisted(entries: readonly string[], commented: KustomizationFileFields): string[] {
  const fields = takeComments(commented, []);
  const listed = new Set([...paths(fields.resources), ...paths(fields.components), ...paths(fields.bases)]);
  const files = new Set(textsIn(fields).flatMap((text) => paths([text, text.replace(/^.*=/, '')])));
  return entries.filter((entry) => {
    const [path = ''] = paths([entry]);
    return ![...foldersOf(path), path].some((each) => listed.has(each)) && !(path.includes('.') && files.has(path));
  });
}

/** Entries of a list in one spelling: `./a/` is `a`. */
function paths(list: unknown): string[] {
  return Array.isArray(list) ? list.map((entry) => String(entry).replace(/^\.\/|\/$/g, '')) : [];
}

/** All texts in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
