import { compile } from '../compile';

test('the compiler knows what each workload takes', () => {
  const text = [
    "import { type Application, type Directory, CronTask, Migration, type PostgresCluster, Secret, StatefulService, WebService, Worker } from '../../../lib';",
    "declare const on: Directory, shop: Application, db: PostgresCluster; const secret = Secret.named('s', { keys: ['A'] }), image = 'a:1', resources = null;",
    "const web = new WebService(on, 'a', { image, resources, port: 80, env: { A: secret.key('A'), B: db.host('rw'), C: 'c' }, database: db, mounts: { '/a': secret } });",
    "new Worker(on, 'b', { image, resources, env: { A: web.address }, container: { resources: { limits: { memory: '1Gi' } }, securityContext: null }, pod: { volumes: [{ name: 'a', emptyDir: { sizeLimit: '1Gi' } }] } });",
    "new WebService(on, 'c', { image, resources });",
    "new WebService(on, 'd', { image, port: 80 });",
    "new WebService(on, 'e', { image, port: 80, resources: { requests: { cpu: '1', memory: '1Gi' } } });",
    "new WebService(on, 'f', { image, port: 80, resources: { requests: { cpu: '1' }, limits: { memory: null } } });",
    "new WebService(on, 'g', { image, resources, port: 80, env: { A: secret.key('B') } });",
    "new WebService(on, 'h', { image, resources, port: 80, pod: { nodeSelektor: {} } });",
    "new WebService(on, 'i', { image, resources, port: 80, container: { imagePullPolicy: 1 } });",
    "new Worker(on, 'j', { image, resources, port: 80 });",
    "new Worker(on, 'k', { image, resources, probes: { liveness: '/alive' } });",
    "new CronTask(on, 'l', { image, resources });",
    "new CronTask(on, 'm', { image, resources, schedule: '@daily', concurrencyPolicy: 'Never' });",
    "new StatefulService(on, 'n', { image, resources, port: 80, volumes: {} });",
    "new StatefulService(on, 'o', { image, resources, port: 80, user: null, volumes: { '/a': { sise: '1Gi' } } });",
    "new Migration(on, 'p', { image, resources });",
    "new Migration(shop, 'q', { image, resources, spec: { backoffLimit: null } });",
    "new WebService(on, 'r', { image, resources, port: 80, mounts: { '/a': 'config' } });",
  ];
  const lines = new Set(compile(text).map((message) => message.split(':')[0]));
  expect([...lines]).toEqual('5 6 7 8 9 10 11 12 13 14 15 16 17 18 20'.split(' '));
});
