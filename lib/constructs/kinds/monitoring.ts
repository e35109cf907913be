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

/**
 * Which addresses Prometheus has a prober ask.
 *
 * @example
 * const targets = { staticConfig: { static: ['https://shop.example.org'] } };
 * new Probe(shop.directory, 'probe', { name: 'shop', spec: { prober: { url: 'blackbox.monitoring.svc:9115' }, targets } });
 */
export class Probe extends kind('monitoring.coreos.com/v1', 'Probe') {}

/**
 * A dashboard that Grafana's operator brings.
 *
 * @example
 * const spec = { instanceSelector: { matchLabels: { grafana: 'main' } }, url: 'https://grafana.com/api/dashboards/9628/revisions/8/download' };
 * new GrafanaDashboard(db.directory, 'dashboard', { name: 'postgres', spec });
 */
export class GrafanaDashboard extends kind('grafana.integreatly.org/v1beta1', 'GrafanaDashboard') {}

/**
 * A source of data that Grafana's operator brings.
 *
 * @example
 * const datasource = { name: 'Prometheus', type: 'prometheus', access: 'proxy', url: 'http://prometheus.monitoring.svc:9090' };
 * new GrafanaDatasource(monitoring.directory, 'prometheus', { spec: { instanceSelector: { matchLabels: { grafana: 'main' } }, datasource } });
 */
export class GrafanaDatasource extends kind('grafana.integreatly.org/v1beta1', 'GrafanaDatasource') {}
