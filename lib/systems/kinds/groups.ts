/** Groups of Kubernetes itself, and of its special interest groups (Gateway API, metrics, snapshots). */
export function isKubernetesGroup(group: string): boolean {
  return /^(?:apps|autoscaling|batch|policy|)$|\.k8s\.io$/.test(group);
}

/** Groups of Flux's own controllers. */
export function isFluxGroup(group: string): boolean {
  return group.endsWith('.toolkit.fluxcd.io');
}
