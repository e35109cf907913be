import { memoizeText } from '../text/memoize';

/** What an apiVersion names. */
export interface GroupVersion {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
}

/** The group and version of an apiVersion. Asked for every object, and a tree has few: each is taken apart once. */
export const groupVersion = memoizeText((apiVersion): GroupVersion => {
  const slash = apiVersion.indexOf('/');
  return { group: apiVersion.slice(0, Math.max(slash, 0)), version: apiVersion.slice(slash + 1) };
});

/** A kind of objects, whatever its version. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** `apps/Deployment`, `/Secret`: a kind with its group. Each text is put together once, and known when it is looked up. */
export function groupKind({ group, kind }: GroupKind): string {
  const kinds = groupKinds(group);
  let text = kinds.get(kind);
  if (text === undefined) {
    text = `${group}/${kind}`;
    kinds.set(kind, text);
  }
  return text;
}

const groupKinds = memoizeText(() => new Map<string, string>());

/**
 * Sorts versions by Kubernetes' order, the best last: v1alpha1, v1beta1, v1, v2.
 *
 * Source: k8s.io/apimachinery pkg/version/helpers.go (CompareKubeAwareVersionStrings)
 */
export function compareVersions(a: string, b: string): number {
  return priority(a) - priority(b);
}

function priority(version: string): number {
  const { major, stage, minor } = /^v(?<major>\d+)(?:(?<stage>alpha|beta)(?<minor>\d+))?$/.exec(version)?.groups ?? {};
  const rank = stage === undefined ? 2 : stage === 'beta' ? 1 : 0;
  return major === undefined ? -1 : rank * 1e6 + Number(major) * 1e3 + Number(minor ?? 0);
}
