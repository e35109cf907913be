import { push } from '../text/group-by';
import { nameOf, neededBy } from './apply';
import type { Resource } from './resource';

/** The Kustomizations from which a cluster begins: nobody in the tree applies them, unless they apply themselves. */
export interface RootGroup {
  /** The folder that they lie in, or that a FluxInstance syncs. */
  readonly folder: string;
  /** As whoever begins the cluster applies them. */
  readonly roots: readonly Resource[];
  /** The folders that person applies. */
  readonly folders: readonly string[];
}

/**
 * Where one waits for a Kustomization that only another has, both are of one cluster: a person, or Terraform, applies a folder that
 * holds them, and nothing in the tree names it. Where some lead, what leads nobody and waits for others is no part of a cluster.
 *
 * @param leads whether a group applies other Kustomizations
 */
export function mergeWaiting(groups: readonly RootGroup[], leads: (group: RootGroup) => boolean): RootGroup[] {
  const isLed = groups.some(leads);
  const owners = new Map<string, RootGroup[]>();
  for (const group of groups) for (const root of group.roots) push(owners, nameOf(root), group);
  const merged = new Map(groups.map((group) => [group, group]));
  for (const group of groups) {
    if (isLed && !leads(group)) continue;
    for (const name of group.roots.flatMap(neededBy)) {
      const [owner, second] = owners.get(name) ?? [];
      if (owner === undefined || second !== undefined || (isLed && leads(owner))) continue;
      const [one, other] = [merged.get(group) ?? group, merged.get(owner) ?? owner];
      if (one === other || clash(one.roots, other.roots)) continue;
      const both = { ...together(one, other), folder: sharedFolder(one.folder, other.folder) };
      for (const [each, now] of merged) if (now === one || now === other) merged.set(each, both);
    }
  }
  return withShared([...new Set(merged.values())], leads);
}

/**
 * What leads, and is applied by hand, and that several others wait for, is of all of them: the infrastructure that every cluster has. Of
 * one that others wait for it is, too.
 */
function withShared(groups: readonly RootGroup[], leads: (group: RootGroup) => boolean): RootGroup[] {
  const needs = (group: RootGroup, other: RootGroup) => {
    const names = new Set(other.roots.map(nameOf));
    return group !== other && group.roots.flatMap(neededBy).some((name) => names.has(name));
  };
  const isShared = (other: RootGroup) => {
    if (!leads(other) || other.folders.length === 0 || groups.some((group) => needs(other, group))) return false;
    const users = groups.filter((group) => leads(group) && needs(group, other));
    return users.length > 0 && users.every((group) => !clash(group.roots, other.roots));
  };
  const shared = groups.filter(isShared);
  return groups
    .filter((group) => !shared.includes(group))
    .map((group) =>
      shared.filter((other) => leads(group) && needs(group, other)).reduce((all, other) => together(all, other), group),
    );
}

/** A folder below another's is of the same cluster, unless both say something of the same Kustomization. */
export function mergeNested(groups: readonly RootGroup[]): RootGroup[] {
  const merged: RootGroup[] = [];
  for (const group of [...groups].sort((a, b) => (a.folder < b.folder ? -1 : 1))) {
    const at = merged.findIndex(({ folder, roots }) => lies(group.folder, folder) && !clash(roots, group.roots));
    if (at < 0) merged.push(group);
    else merged[at] = together(merged[at] as RootGroup, group);
  }
  return merged;
}

function lies(folder: string, above: string): boolean {
  return above !== '' && (folder === above || folder.startsWith(`${above}/`));
}

function together(one: RootGroup, other: RootGroup): RootGroup {
  return { ...one, roots: [...one.roots, ...other.roots], folders: [...one.folders, ...other.folders] };
}

function clash(a: readonly Resource[], b: readonly Resource[]): boolean {
  const names = new Set(a.map(nameOf));
  return b.some((root) => names.has(nameOf(root)));
}

function sharedFolder(one: string, other: string): string {
  const [a, b] = [one.split('/'), other.split('/')];
  const end = a.findIndex((segment, i) => segment !== b[i]);
  return a.slice(0, end < 0 ? a.length : end).join('/');
}
