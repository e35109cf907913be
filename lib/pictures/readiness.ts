import { healthChecksOf, isSuspended } from '../graph/kustomization';
import type { Contents, FluxKustomization } from '../graph/resource';
import { display } from '../graph/substitution';
import { at, listAt, textAt } from '../json/read';
import { compareText } from '../text/compare';

/**
 * When a Kustomization counts as ready, so that what waits for it goes on: clauses, each for a line.
 * (https://fluxcd.io/flux/components/kustomize/kustomizations/#health-assessment)
 */
export function readiness(kustomization: FluxKustomization): string[] {
  const { spec } = kustomization;
  if (isSuspended(kustomization)) return ['suspended: Flux does nothing'];
  const judged = [...new Set(listAt(spec, 'healthCheckExprs').flatMap((item) => textAt(item, 'kind') ?? []))];
  const byExpressions = judged.map(display).sort(compareText).join(', ');
  const how = byExpressions === '' ? [] : [`by healthCheckExprs: ${byExpressions}`];
  if (at(spec, 'wait') === true) return ['ready when all it applies is ready', ...how];
  const checks = healthChecksOf(kustomization);
  if (checks.length === 0) return ['ready as soon as it is applied'];
  const named = checks.slice(0, mostNamed).map(({ kind, name }) => `${display(kind)} ${display(name)}`);
  const more = checks.length > mostNamed ? ` and ${checks.length - mostNamed} more` : '';
  return [`ready when ${named.join(', ')}${more} ${checks.length === 1 ? 'is' : 'are'} ready`, ...how];
}

/** Whether its folder is there, but holds no object that can be read. */
export function appliesNothing(kustomization: FluxKustomization): kustomization is FluxKustomization & {
  readonly contents: Extract<Contents, { readonly type: 'built' }>;
} {
  return kustomization.contents.type === 'built' && kustomization.resources.length === 0;
}

const mostNamed = 3;
