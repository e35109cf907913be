import * as kplus from 'cdk8s-plus-28';
import type { JsonObject } from '../../json/json';
import { FluxKustomization, type FluxKustomizationProps } from '../flux';
import type { Application } from '../flux/application';
import { refuse } from '../input-error';
import { refuseUnknown } from '../refuse-unknown';
import { clusterOf } from '../scopes';
import { type SpecOf, specJson } from '../spec';
import { Workload, type WorkloadProps } from './workload';

export interface MigrationProps extends WorkloadProps {
  /** How often a pod that fails is tried again. @default 2 */
  readonly backoffLimit?: number | null;
  /** After how long it has failed. @default never */
  readonly activeDeadlineSeconds?: number | null;
  /** Settings of its Flux Kustomization, such as a `timeout` that is longer than it takes. */
  readonly kustomization?: FluxKustomizationProps;
  /** Any field of the Job's spec; null takes a default away. @default none */
  readonly spec?: SpecOf<kplus.k8s.JobSpec>;
}

/** A Job cannot be changed: Flux recreates it when its image changes, and so runs it again. (Flux, spec/v1/kustomizations: force) */
const recreated = { 'kustomize.toolkit.fluxcd.io/force': 'enabled' };

/**
 * A Job that must have succeeded before an app is applied, such as the migration of its database: in a Flux Kustomization of its own,
 * `<app>-<id>`, which the app's waits for. It runs again whenever its image or anything else of it changes.
 *
 * What it reads, the database above all, belongs to another app: it would otherwise wait for the app that waits for it.
 *
 * @example
 * new Migration(shop, 'migrate', {
 *   image: 'ghcr.io/acme/shop:1.4.2',
 *   args: ['migrate'],
 *   database: db,
 *   resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '128Mi' } },
 * });
 */
export class Migration extends Workload<kplus.Job> {
  readonly kustomization: FluxKustomization;

  /** @param app whatever it applies waits for the Job */
  constructor(app: Application, id: string, props: MigrationProps) {
    if (!app.namespaceFolder) {
      const allowed = 'the app that waits for the Job, not its folder';
      refuse(app, { field: `the scope of Migration ${id}`, allowed, example: "new Migration(shop, 'migrate', { … })" });
    }
    const name = `${app.kustomization.kustomizationName}-${id}`;
    const kustomization = new FluxKustomization(app.namespaceFolder, name, props?.kustomization);
    super(kustomization.directory, id, { name, ...props }, (self) => {
      refuseUnknown(self, Migration, props);
      return {
        make: (scope, common) => new kplus.Job(scope, 'Job', common),
        spec: jobSpec(self as Migration, props),
        annotations: clusterOf(self).defaults ? recreated : {},
      };
    });
    if (clusterOf(this).defaults && !kustomization.waits && !props.kustomization?.healthChecks?.length) {
      refuse(this, {
        field: 'kustomization.wait',
        value: props.kustomization?.wait,
        allowed: 'true: the app would be applied before the Job has succeeded',
      });
    }
    this.kustomization = kustomization;
    app.kustomization.node.addDependency(this);
  }
}

function jobSpec(self: Migration, props: MigrationProps): readonly JsonObject[] {
  const { backoffLimit = clusterOf(self).defaults ? 2 : undefined, activeDeadlineSeconds } = props;
  const spec = { ...specJson(self, { backoffLimit, activeDeadlineSeconds }), ...specJson(self, props.spec) };
  if (spec.ttlSecondsAfterFinished !== undefined && spec.ttlSecondsAfterFinished !== null) {
    refuse(self, {
      field: 'spec.ttlSecondsAfterFinished',
      value: spec.ttlSecondsAfterFinished,
      allowed: 'left out: Flux would apply the Job that is gone once more, and so run it again',
    });
  }
  return [spec as JsonObject];
}
