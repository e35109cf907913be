import { object } from '../../graph/graph';
import { shopEffects } from '../review-of';

const route = (...hosts: string[]) =>
  object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop', `spec: { hostnames: [${hosts.join(', ')}], rules: [] }`);
const ingress = (host: string, path = '/') =>
  object(
    'networking.k8s.io/v1',
    'Ingress',
    'shop',
    `spec: { rules: [{ host: ${host}, http: { paths: [{ path: '${path}', pathType: Prefix, backend: { service: { name: shop, port: { number: 80 } } } }] } }] }`,
  );
const service = (spec: string) =>
  object('v1', 'Service', 'shop', `spec: { selector: { app: shop }, ports: [{ name: http, port: 80 }]${spec} }`);

test('host names come and go', () => {
  expect(shopEffects(route('a.example.com'), route('b.example.com'))).toEqual([
    'other high: HTTPRoute shop/shop no longer answers at `a.example.com`, but answers at `b.example.com`',
  ]);
  expect(shopEffects(route('a.example.com'), route('a.example.com', 'b.example.com'))).toEqual([
    'other low: HTTPRoute shop/shop also answers at `b.example.com`',
  ]);
  expect(shopEffects(route('a.example.com', 'b.example.com'), route('b.example.com', 'a.example.com'))).toEqual([]);
  expect(shopEffects(ingress('a.example.com'), ingress('b.example.com'))).toEqual([
    'other high: Ingress shop/shop no longer answers at `a.example.com`, but answers at `b.example.com`',
  ]);
  expect(shopEffects(ingress('a.example.com'), ingress('a.example.com', '/shop'))).toEqual([]);
});

test('a Service answers elsewhere, sends elsewhere, or is reached from elsewhere', () => {
  expect(shopEffects(service(''), service('').replace('port: 80', 'port: 8080'))).toEqual([
    'other medium: Service shop/shop changes the ports that it answers at',
  ]);
  expect(shopEffects(service(''), service('').replace('app: shop', 'app: store'))).toEqual([
    'other medium: Service shop/shop sends requests to other pods: its selector changes',
  ]);
  expect(shopEffects(service(''), service(', type: LoadBalancer'))).toEqual([
    'other medium: Service shop/shop can be reached from outside the cluster: its type becomes LoadBalancer',
  ]);
  expect(shopEffects(service(', type: NodePort'), service(''))).toEqual([
    'other high: Service shop/shop can no longer be reached from outside the cluster: its type becomes ClusterIP',
  ]);
  expect(shopEffects('', service(', type: LoadBalancer'))).toEqual([
    'other medium: Service shop/shop can be reached from outside the cluster: its type becomes LoadBalancer',
  ]);
  expect(shopEffects('', service(''))).toEqual([]);
  expect(shopEffects(service(''), service(', type: ClusterIP, sessionAffinity: None'))).toEqual([]);
});
