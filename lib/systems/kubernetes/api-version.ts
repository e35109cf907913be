/** What an apiVersion names. */
export interface GroupVersion {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
}

/** The group and version of an apiVersion. Asked for every object, and a tree has few: each is taken apart once. */
export function groupVersion(apiVersion: string): GroupVersion {
  let known = groupVersions.get(apiVersion);
  if (known === undefined) {
    const slash = apiVersion.indexOf('/');
    known = { group: apiVersion.slice(0, Math.max(slash, 0)), version: apiVersion.slice(slash + 1) };
    groupVersions.set(apiVersion, known);
  }
  return known;
}

const groupVersions = new Map<string, GroupVersion>();

/** A kind of objects, whatever its version. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** `apps/Deployment`, `/Secret`: a kind with its group. Each text is put together once, and known when it is looked up. */
export function groupKind({ group, kind }: GroupKind): string {
  let kinds = groupKinds.get(group);
  if (kinds === undefined) {
    kinds = new Map();
    groupKinds.set(group, kinds);
  }
  let text = kinds.get(kind);
  if (text === undefined) {
    text = `${group}/${kind}`;
    kinds.set(kind, text);
  }
  return text;
}

const groupKinds = new Map<string, Map<string, string>>();
