import { kind } from './kind';

/**
 * Which Services Prometheus reads metrics of.
 *
 * @example
 * new ServiceMonitor(shop.directory, 'monitor', { name: 'shop', spec: { selector: web, endpoints: [{ port: web.port('metrics') }] } });
 */
export class ServiceMonitor extends kind('monitoring.coreos.com/v1', 'ServiceMonitor') {}

/**
 * Which pods Prometheus reads metrics of.
 *
 * @example
 * new PodMonitor(shop.directory, 'monitor', { name: 'mailer', spec: { selector: mailer, podMetricsEndpoints: [{ port: 'metrics' }] } });
 */
export class PodMonitor extends kind('monitoring.coreos.com/v1', 'PodMonitor') {}

/**
 * What Prometheus computes, and warns of.
 *
 * @example
 * const rules = [{ alert: 'ShopDown', expr: 'up{job="shop"} == 0', for: '5m' }];
 * new PrometheusRule(shop.directory, 'rules', { name: 'shop', spec: { groups: [{ name: 'shop', rules }] } });
 */
export class PrometheusRule extends kind('monitoring.coreos.com/v1', 'PrometheusRule') {}
