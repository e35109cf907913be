import type { Demotions } from './demotions';
import type { Draft } from './draft';
import { below, type Places, plainEntry } from './places';
import { type CodeObject, Handle, Member } from './program';
import type { KustomizedFolder } from './survey';

/** Whether code makes a folder's kustomization.yaml. */
export function isWritten(folder: KustomizedFolder, demotions: Demotions): boolean {
  return (demotions.get(folder) ?? 0) < 2;
}

/** What a folder says of its kustomization.yaml. */
export function fieldsProp(folder: KustomizedFolder | undefined, places: Places): CodeObject {
  if (folder === undefined || !isWritten(folder, places.demotions)) return { kustomizationFile: null };
  const fields = fieldsOf(folder);
  const name = folder.document.file.path.split('/').pop() as string;
  return {
    ...(name !== 'kustomization.yaml' && !places.move(folder) && { kustomizationFileName: name }),
    ...(Object.keys(fields).length > 0 && { kustomizationFile: fields }),
  };
}

/** A kustomization.yaml but for what every one has. */
function fieldsOf({ value }: KustomizedFolder): CodeObject {
  const { apiVersion, kind, ...fields } = value;
  const isUsual = apiVersion === 'kustomize.config.k8s.io/v1beta1' && kind === 'Kustomization';
  const isComponent = apiVersion === 'kustomize.config.k8s.io/v1alpha1' && kind === 'Component';
  if (isUsual) return fields as CodeObject;
  return (
    isComponent ? { kind, ...fields } : { apiVersion: apiVersion ?? null, kind: kind ?? null, ...fields }
  ) as CodeObject;
}

/**
 * Leaves out of a kustomization.yaml what is listed by itself because of what stands in the folder: afterwards, when all constructs
 * have their places.
 */
export function leaveOutListed(drafts: readonly Draft[], demotions: Demotions): void {
  const listed = listedBy(drafts);
  for (const draft of drafts) {
    const { folder } = draft;
    const fields = draft.props?.kustomizationFile as CodeObject | null | undefined;
    if (folder === undefined || fields === null || fields === undefined || !Array.isArray(fields.resources)) continue;
    if ((demotions.get(folder) ?? 0) > 0) continue;
    const own = listed.get(draft) ?? new Map();
    const resources = (fields.resources as readonly string[]).filter((entry) => !own.has(plainEntry(String(entry))));
    const { resources: _, ...rest } = fields;
    const left: CodeObject = resources.length > 0 ? { ...rest, resources } : rest;
    const { kustomizationFile: __, ...props } = draft.props as CodeObject;
    draft.props = Object.keys(left).length > 0 ? { ...props, kustomizationFile: left } : props;
  }
}

/**
 * What each kustomization.yaml lists by itself: by entry, without `./`, the construction that it is listed for; by that of the original,
 * too, where its file has moved.
 */
export function listedBy(drafts: readonly Draft[]): ReadonlyMap<Draft, ReadonlyMap<string, Draft>> {
  const applied = new Set(
    drafts.flatMap(({ className, props }) =>
      className === 'FluxKustomization' && props?.applies instanceof Handle ? [props.applies.to as Draft] : [],
    ),
  );
  const listed = new Map<Draft, Map<string, Draft>>();
  for (const draft of drafts) {
    if (draft.at === undefined || draft.props?.listed === false) continue;
    if (draft.className === 'Directory' && (applied.has(draft) || isWithoutFile(draft))) continue;
    const listing = listingOf(draft, applied);
    if (listing === undefined) continue;
    const entries = listed.get(listing.draft) ?? new Map<string, Draft>();
    listed.set(listing.draft, entries.set(below(listing.path, draft.at), draft));
    const before = draft.from === undefined ? undefined : below(listing.path, draft.from);
    if (before !== undefined && !entries.has(before)) entries.set(before, draft);
  }
  return listed;
}

/** The construction around a draft whose kustomization.yaml lists it. */
function listingOf(
  draft: Draft,
  applied: ReadonlySet<Draft>,
): { readonly draft: Draft; readonly path: string } | undefined {
  const { scope } = draft;
  // What stands in a Kustomization's construct by itself stands beside the folder that it applies.
  const around = (scope instanceof Member && scope.name === 'directory' ? scope.of : scope) as Draft | undefined;
  if (around === undefined || around.className === 'File') return undefined;
  if (around.className === 'FluxKustomization') {
    const folder = around.folder?.path;
    return folder === undefined || isWithoutFile(around) ? undefined : { draft: around, path: folder };
  }
  if (!isWithoutFile(around)) return { draft: around, path: around.at as string };
  return around.props?.listed === false || applied.has(around) ? undefined : listingOf(around, applied);
}

function isWithoutFile({ props }: Draft): boolean {
  return props?.kustomizationFile === null;
}
