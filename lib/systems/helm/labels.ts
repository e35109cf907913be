/** Labels in which charts say their own version and that of what they install (https://helm.sh/docs/chart_best_practices/labels/). */
const versions: ReadonlySet<string> = new Set([
  'helm.sh/chart',
  'app.kubernetes.io/version',
  'chart',
  'heritage',
  // Definitions that controller-gen has made say its version.
  'controller-gen.kubebuilder.io/version',
]);

/**
 * Whether a label or annotation tells nothing but that a chart or what it renders is of another version: `helm.sh/chart`,
 * `checksum/config` (https://helm.sh/docs/howto/charts_tips_and_tricks/#automatically-roll-deployments).
 */
export function saysVersion(key: string): boolean {
  return versions.has(key) || /(?:^|[./-])checksums?(?:$|[./-])/i.test(key);
}

/** Whether Helm leaves an object in the cluster that its release no longer has (helm v4.2 pkg/kube/client.go: update; pkg/action/resource_policy.go). */
export function isKeptByHelm(annotation: string | undefined): boolean {
  return annotation?.trim().toLowerCase() === 'keep';
}

/**
 * Whether a file of a chart is one of definitions that Helm installs and never deletes, of subcharts too; what lies in `templates/crds/`
 * is not (helm v4.2 pkg/chart/v2/chart.go: CRDObjects).
 */
export function isOfCrdsFolder(template: string): boolean {
  return /^(?:charts\/[^/]+\/)*crds\//.test(template);
}
