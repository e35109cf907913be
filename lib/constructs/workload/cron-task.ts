import { Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { cronFault } from '../../systems/cron';
import type { Format } from '../../systems/format';
import { requireFormat } from '../formats';
import { refuseUnknown } from '../refuse-unknown';
import { clusterOf } from '../scopes';
import { type SpecOf, specJson } from '../spec';
import { Workload, type WorkloadProps } from './workload';

type CronJobSpec = SpecOf<kplus.k8s.CronJobSpec>;
type JobSpec = SpecOf<kplus.k8s.JobSpec>;

export interface CronTaskProps
  extends WorkloadProps,
    Pick<
      CronJobSpec,
      | 'concurrencyPolicy'
      | 'failedJobsHistoryLimit'
      | 'startingDeadlineSeconds'
      | 'successfulJobsHistoryLimit'
      | 'suspend'
      | 'timeZone'
    >,
    Pick<JobSpec, 'activeDeadlineSeconds' | 'backoffLimit' | 'ttlSecondsAfterFinished'> {
  /** When it runs: five cron fields, or @daily and the like. */
  readonly schedule: string;
  /** Whether a run may begin while another one goes on. @default 'Forbid' */
  readonly concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace' | null;
  /** The zone of `schedule`, such as 'Europe/Amsterdam'. @default that of the kube-controller-manager, mostly UTC */
  readonly timeZone?: string | null;
  /** How late a run may still begin. @default 300 */
  readonly startingDeadlineSeconds?: number | null;
  /** After how long a run is ended. @default never: with 'Forbid', one that hangs holds up all later ones */
  readonly activeDeadlineSeconds?: number | null;
  /** Any field of the CronJob's spec; null takes a default away. @default none */
  readonly spec?: CronJobSpec;
}

const fiveFieldCron: Format = {
  allowed:
    'five cron fields (minute hour day-of-month month day-of-week), or @daily, @hourly, @weekly, @monthly, @yearly',
  example: '"0 2 * * *" for every day at 02:00',
  accepts: (text) => cronFault(text, 'five') === undefined,
};

/**
 * A program that runs at certain times: a CronJob and a ServiceAccount. Its pods are as those of a WebService.
 *
 * @example
 * new CronTask(shop.directory, 'report', {
 *   schedule: '0 6 * * 1-5',
 *   timeZone: 'Europe/Amsterdam',
 *   image: 'ghcr.io/acme/shop:1.4.2',
 *   args: ['report'],
 *   activeDeadlineSeconds: 3600,
 *   resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '256Mi' } },
 * });
 */
export class CronTask extends Workload<kplus.CronJob> {
  constructor(scope: Construct, id: string, props: CronTaskProps) {
    super(scope, id, props, (self) => {
      refuseUnknown(self, CronTask, props);
      return {
        make: (scope, common) => new kplus.CronJob(scope, 'CronJob', { ...common, schedule: new Cron() }),
        spec: cronJobSpec(self, props),
      };
    });
  }
}

/** The CronJob's own fields, those that properties say, and those of `spec`. */
function cronJobSpec(self: Construct, props: CronTaskProps): readonly JsonObject[] {
  const { defaults } = clusterOf(self);
  const { concurrencyPolicy, startingDeadlineSeconds, timeZone, suspend } = props;
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = props;
  const { activeDeadlineSeconds, backoffLimit, ttlSecondsAfterFinished } = props;
  const fromAuthor = specJson(self, {
    ...{ concurrencyPolicy, startingDeadlineSeconds, timeZone, suspend },
    ...{ successfulJobsHistoryLimit, failedJobsHistoryLimit },
    jobTemplate: { spec: specJson(self, { activeDeadlineSeconds, backoffLimit, ttlSecondsAfterFinished }) },
  });
  const own = {
    schedule: requireFormat(self, 'schedule', props.schedule, fiveFieldCron),
    concurrencyPolicy: defaults ? 'Forbid' : null,
    startingDeadlineSeconds: defaults ? 300 : null,
    // cdk8s-plus writes what Kubernetes fills in.
    ...{ failedJobsHistoryLimit: null, successfulJobsHistoryLimit: null },
  };
  return [own, fromAuthor, specJson(self, props.spec)];
}
