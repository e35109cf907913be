import type { IConstruct } from 'constructs';
import { fluxDuration } from '../../systems/duration';
import type { HealthCheckExpression } from '../../systems/flux/health';
import type { Format } from '../../systems/format';
import { dnsLabel, dnsSubdomain } from '../../systems/kubernetes/names';
import { optionalFormat, requireFormat } from '../formats';
import { refuse } from '../input-error';
import type { KustomizationReference, Substitutions } from '../scopes';
import { requireSubstitutions } from './substitution';

/** A Kustomization's spec with the author's overrides laid over it: the fields that are looked at. */
export interface MergedSpec {
  readonly interval?: string;
  readonly retryInterval?: string;
  readonly timeout?: string;
  readonly path?: string | undefined;
  readonly prune?: boolean;
  readonly wait?: boolean;
  readonly sourceRef?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
  readonly targetNamespace?: string;
  readonly healthChecks?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
  readonly healthCheckExprs?: readonly HealthCheckExpression[];
  readonly components?: readonly unknown[];
  readonly dependsOn?: readonly KustomizationReference[];
  readonly postBuild?: (Substitutions & { readonly substituteStrategy?: string }) | undefined;
}

/** A path inside Flux's source; Flux refuses to leave it. (kustomize-controller, kustomization_controller.go: SecureJoin) */
const sourcePath: Format = {
  allowed: 'a path inside the source, without ".."',
  example: '"./dist/kubernetes/apps/shop/shop/app"',
  accepts: (value) => !value.split('/').includes('..'),
};

/**
 * Checks a whole spec, however its fields were given.
 *
 * @throws EspalierError for the first thing that the API or the controller would refuse, or quietly ignore
 */
export function requireSpec(scope: IConstruct, spec: Omit<MergedSpec, 'dependsOn' | 'healthCheckExprs'>): void {
  optionalFormat(scope, 'interval', spec.interval, fluxDuration);
  optionalFormat(scope, 'retryInterval', spec.retryInterval, fluxDuration);
  optionalFormat(scope, 'timeout', spec.timeout, fluxDuration);
  optionalFormat(scope, 'path', spec.path, sourcePath);
  optionalFormat(scope, 'sourceRef.name', spec.sourceRef?.name, dnsSubdomain);
  optionalFormat(scope, 'sourceRef.namespace', spec.sourceRef?.namespace, dnsLabel);
  optionalFormat(scope, 'targetNamespace', spec.targetNamespace, dnsLabel);
  requireSubstitutions(scope, spec.postBuild ?? {});
  for (const { kind, name, namespace } of spec.healthChecks ?? []) {
    if (!kind) refuse(scope, { field: 'healthChecks[].kind', value: kind, allowed: 'a kind', example: '"Deployment"' });
    requireFormat(scope, 'healthChecks[].name', name, dnsSubdomain);
    optionalFormat(scope, 'healthChecks[].namespace', namespace, dnsLabel);
  }
}
