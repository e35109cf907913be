import type { Identity } from '../graph/identity';

/** The stage in which Flux prunes: nothing is deleted before all is applied. */
const last = 2;

/**
 * When Flux does a change: definitions first, then classes, then the rest; it tries all objects of a stage before it applies any of them,
 * and deletes at the end (ApplyAllStaged and utils/is.go in github.com/fluxcd/pkg ssa 0.76).
 */
export function stageOf({ after }: { readonly after?: Pick<Identity, 'kind'> | undefined }): number {
  if (after === undefined) return last;
  if (/^(?:CustomResourceDefinition|Namespace|ClusterRole)$/.test(after.kind)) return 0;
  return after.kind.endsWith('Class') ? 1 : last;
}
