import { kind } from './kind';

/**
 * Scales a workload, whose `replicas` are null, by what KEDA measures elsewhere; down to none.
 *
 * @example
 * const triggers = [{ type: 'cron', metadata: { timezone: 'UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '3' } }];
 * new ScaledObject(shop.directory, 'scaler', { name: 'shop', spec: { scaleTargetRef: web, triggers } });
 */
export class ScaledObject extends kind('keda.sh/v1alpha1', 'ScaledObject') {}

/** Starts Jobs by what KEDA measures. @example new ScaledJob(shop.directory, 'jobs', { spec: { jobTargetRef, triggers } }); */
export class ScaledJob extends kind('keda.sh/v1alpha1', 'ScaledJob') {}

/**
 * How KEDA logs in where it measures.
 *
 * @example
 * const secretTargetRef = [{ parameter: 'password', name: redis.secret, key: 'password' }];
 * const auth = new TriggerAuthentication(shop.directory, 'auth', { name: 'redis', spec: { secretTargetRef } });
 */
export class TriggerAuthentication extends kind('keda.sh/v1alpha1', 'TriggerAuthentication') {}

/** The same for all namespaces; its Secrets lie in KEDA's own. @example new ClusterTriggerAuthentication(keda.directory, 'aws', { spec: { podIdentity: { provider: 'aws' } } }); */
export class ClusterTriggerAuthentication extends kind('keda.sh/v1alpha1', 'ClusterTriggerAuthentication') {}
