import { groupKind } from '../../systems/api-version';
import { isRoutine } from '../charts/routine';
import { pathText } from '../difference';
import type { Changed } from '../pairs';

/** What fields are about, in the order in which a reviewer asks for it; the first that fits counts. */
const byField: readonly (readonly [what: string, path: RegExp])[] = [
  ['probes', /\.(?:liveness|readiness|startup)Probe\b/],
  ['strategy', /^spec\.(?:strategy|updateStrategy)\b/],
  ['security context', /\.securityContext\b|\.automountServiceAccountToken$/],
  ['resources', /\.containers\[.*\.resources\b/],
  ['environment', /\.(?:env|envFrom)\b/],
  ['arguments', /\.(?:args|command)\b/],
  ['volumes', /\.(?:volumes|volumeMounts)\b/],
  ['scheduling', /\.(?:affinity|tolerations|nodeSelector|topologySpreadConstraints|priorityClassName)\b/],
  ['ports', /\.ports\b/],
  ['labels and annotations', /(?:^|\.)metadata\.(?:labels|annotations)\b/],
];

const byKind: readonly (readonly [what: string, kinds: RegExp])[] = [
  ['permissions', /^rbac\.authorization\.k8s\.io\//],
  ['configuration', /^\/(?:ConfigMap|Secret)$/],
  ['network policies', /NetworkPolicy$/],
  ['webhooks', /WebhookConfiguration$/],
  ['routes', /\/(?:Ingress|HTTPRoute|GRPCRoute|TLSRoute|TCPRoute)$/],
  ['alerts', /\/(?:PrometheusRule|VMRule)$/],
];

/** What the fields that differ of an object of a chart are about, without images, definitions and labels of versions. */
export function categoriesOf({ before, after, fields }: Changed): readonly string[] {
  if (before === undefined || after === undefined || after.kind === 'CustomResourceDefinition') return [];
  const kind = byKind.find(([, kinds]) => kinds.test(groupKind(after)))?.[0];
  const found = fields
    .filter((field) => !isRoutine(field))
    .map(({ path }) => pathText(path))
    .filter(
      (path) =>
        !/\.(?:init)?[cC]ontainers\[[^\]]*\]\.image$|^spec\.image$|^spec\.(?:selector|volumeClaimTemplates)\b/.test(
          path,
        ),
    )
    .map(
      (path) =>
        (path.startsWith('metadata.') ? undefined : kind) ??
        byField.find(([, way]) => way.test(path))?.[0] ??
        kind ??
        after.kind,
    );
  return [...new Set(found)];
}
