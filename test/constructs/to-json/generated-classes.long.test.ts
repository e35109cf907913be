import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, type Chart, Lazy, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import fc from 'fast-check';
import { bothWays } from './both-ways';

type Generated = (new (scope: Chart, id: string, props: object) => ApiObject) & { readonly GVK?: object };

/** The classes of a module that `cdk8s import` made, and the names of the fields that they know. */
interface Module {
  readonly classes: readonly Generated[];
  /** Lists and maps apart: of anything else in their place the generated code makes an error. */
  readonly fields: Record<'list' | 'map' | 'union' | 'other', readonly string[]>;
}

function moduleOf(exported: object, source: string): Module {
  const classes = Object.values(exported).filter((one): one is Generated => typeof one === 'function' && 'GVK' in one);
  const names = (form: RegExp) => [...new Set([...source.matchAll(form)].map(([, name]) => name as string))];
  const list = names(/obj\.(\w+)\?\.map\(/g);
  const map = names(/Object\.entries\(obj\.(\w+)\)/g);
  const union = names(/obj\.(\w+)\?\.value/g);
  const other = names(/obj\.(\w+)/g).filter((name) => ![...list, ...map, ...union].includes(name));
  return { classes, fields: { list, map, union, other } };
}

const imports = join(__dirname, '../../../imports');
const modules: [string, Module][] = readdirSync(imports)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, moduleOf(require(join(imports, file)), readFileSync(join(imports, file), 'utf8'))]);
const k8s = readFileSync(require.resolve('cdk8s-plus-28/lib/imports/k8s.js'), 'utf8');
modules.push(['cdk8s-plus-28', moduleOf(kplus.k8s, k8s)]);

class Union {
  constructor(readonly value: unknown) {}
}

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(undefined));

/** Objects of the fields that a module knows, nested so deep. */
function bodies(fields: Module['fields'], depth = 4): fc.Arbitrary<Record<string, unknown>> {
  const name = (names: readonly string[]) => fc.constantFrom(...(names.length > 0 ? names : ['none']));
  const inner = depth === 0 ? fc.constant({}) : bodies(fields, depth - 1);
  const lazy = inner.map((produced) => Lazy.any({ produce: () => produced }));
  const union = fc.oneof(fc.string(), fc.integer()).map((given) => new Union(given));
  const field: fc.Arbitrary<[string, unknown]> = fc.oneof(
    fc.tuple(name(fields.list), fc.array(inner, { maxLength: 2 })),
    fc.tuple(name(fields.map), fc.dictionary(fc.string(), scalar, { noNullPrototype: true })),
    fc.tuple(name(fields.union), union),
    fc.tuple(name(fields.other), fc.oneof(scalar, inner, lazy)),
  );
  return fc.array(field, { maxLength: 6 }).map((entries) => Object.fromEntries(entries));
}

test.each(modules)('the classes of %s render random values as they do with cdk8s', (file, { classes, fields }) => {
  expect(classes.length).toBeGreaterThan(0);
  const body = bodies(fields);
  const runs = file === 'cdk8s-plus-28' ? 5 : 25;
  fc.assert(
    fc.property(fc.array(body, { minLength: 1, maxLength: 3 }), body, (specs, metadata) => {
      const { cdk8s, fast, standsIn } = bothWays((chart) =>
        classes.flatMap((type, i) =>
          specs.map((spec, j) => {
            const props = { metadata: { ...metadata, name: 'x' }, spec, ...specs[0], apiVersion: 'v1' };
            return new type(chart, `${i}-${j}`, props);
          }),
        ),
      );
      expect(fast).toEqual(cdk8s);
      expect(standsIn).toBe(true);
    }),
    { numRuns: runs },
  );
});

test('the workloads, Services and volumes of cdk8s-plus render as they do with cdk8s', () => {
  const { cdk8s, fast, standsIn } = bothWays((chart) => {
    const config = new kplus.ConfigMap(chart, 'config', { data: { b: '1', a: '2' } });
    const secret = new kplus.Secret(chart, 'secret', { stringData: { token: 'x' } });
    const serviceAccount = new kplus.ServiceAccount(chart, 'account', { secrets: [secret] });
    const deployment = new kplus.Deployment(chart, 'deployment', { serviceAccount, replicas: 2 });
    const container = deployment.addContainer({
      ...{ image: 'acme/shop:1', portNumber: 8080, liveness: kplus.Probe.fromHttpGet('/healthz') },
      resources: { cpu: { limit: kplus.Cpu.millis(200) }, memory: { request: Size.gibibytes(1) } },
      envFrom: [kplus.Env.fromConfigMap(config), kplus.Env.fromSecret(secret)],
      envVariables: { TOKEN: kplus.EnvValue.fromSecretValue({ secret, key: 'token' }) },
    });
    container.mount('/config', kplus.Volume.fromConfigMap(chart, 'volume', config));
    const claim = new kplus.PersistentVolumeClaim(chart, 'claim', { storage: Size.gibibytes(5) });
    container.mount('/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'data', claim));
    const service = deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
    const backend = kplus.IngressBackend.fromService(service);
    new kplus.Ingress(chart, 'ingress', { rules: [{ host: 'shop.example.org', path: '/', backend }] });
    const target = new kplus.Deployment(chart, 'scaled', { containers: [{ image: 'acme/x:1' }] });
    new kplus.HorizontalPodAutoscaler(chart, 'scaler', { target, maxReplicas: 3 });
    new kplus.CronJob(chart, 'cron', {
      ...{ schedule: { expressionString: '0 0 * * *' } as never, containers: [{ image: 'acme/x:1' }] },
    });
    const role = new kplus.Role(chart, 'role');
    role.allowRead(kplus.ApiResource.PODS);
    role.bind(serviceAccount);
    new kplus.NetworkPolicy(chart, 'policy', { selector: deployment });
    deployment.metadata.addLabel('later', 'yes');
    return chart.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  });
  expect(cdk8s.length).toBeGreaterThan(12);
  expect(cdk8s.filter((text) => text.startsWith('throws'))).toEqual([]);
  expect(fast).toEqual(cdk8s);
  expect(standsIn).toBe(true);
});
