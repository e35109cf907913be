import { printShared } from '../../../lib/adopt/print/shared-module';
import { Call, type Code, Commented, type Construction, Handle } from '../../../lib/adopt/program';
import { sharedValues } from '../../../lib/adopt/share/values';

/** What is shared of the values of modules, as it is printed, and the values with it. */
function shared(modules: readonly Code[], taken: readonly string[] = []) {
  const names = new Set(taken);
  const free = (options: readonly string[]) => {
    const name = options.find((option) => !names.has(option));
    if (name !== undefined) names.add(name);
    return name;
  };
  const { values, use } = sharedValues(
    new Map(modules.map((code, i) => [{ path: `${i}.ts`, name: '', cluster: '', constructions: [] }, [code]])),
    free,
  );
  return {
    text: printShared({ path: 'common.ts', values, functions: [], printed: new Map() }),
    used: modules.map(use),
  };
}

const securityContext = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  fsGroup: 1000,
  fsGroupChangePolicy: 'OnRootMismatch',
};

test('a block that three modules have is a constant, named by its field and by what that is about', () => {
  const values = ['a', 'b', 'c'].map((name) => ({ values: { name, defaultPodOptions: { securityContext } } }));
  const { text, used } = shared(values);
  expect(text).toBe(`export const podSecurityContext = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  fsGroup: 1000,
  fsGroupChangePolicy: 'OnRootMismatch',
} as const;
`);
  expect(used[0]).toEqual({
    values: {
      name: 'a',
      defaultPodOptions: { securityContext: { name: 'podSecurityContext', value: securityContext } },
    },
  });
});

test('what differs in a value, the order of fields or a comment is said each time', () => {
  const { fsGroup, ...others } = securityContext;
  const { text } = shared([
    { pod: { securityContext } },
    { pod: { securityContext } },
    { pod: { securityContext: { fsGroup, ...others } } },
    { pod: { securityContext: { ...securityContext, fsGroup: new Commented(1000, ['of the NAS']) } } },
  ]);
  expect(text).toBe('');
});

test('what has a construct in it stands in one module alone', () => {
  const construct: Construction = { className: 'Manifest', scope: undefined, id: 'a', props: {}, variable: 'a' };
  const values = { pod: { securityContext: { ...securityContext, seccompProfile: new Handle(construct, 'a') } } };
  expect(shared([values, values, values]).text).toBe('');
});

test('a larger block that repeats takes the smaller ones along; those that repeat elsewhere, too, are said in it by their names', () => {
  const probe = (path: string) => ({
    enabled: true,
    custom: true,
    spec: { httpGet: { path, port: 80 }, initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1 },
  });
  const app = { probes: { liveness: probe('/ping'), readiness: probe('/ready') } };
  const other = { probes: { liveness: probe('/ping') } };
  const { text } = shared([app, app, app, other, other]);
  expect(text.match(/export const (\w+)/g)).toEqual(['export const livenessProbe', 'export const probes']);
  expect(text).toContain('export const probes = {\n  liveness: livenessProbe,\n');
});

test('of two values of one field the names say how they differ', () => {
  const of = (user: number) => ({ pod: { securityContext: { ...securityContext, runAsUser: user } } });
  const without = {
    pod: { securityContext: { ...securityContext, fsGroup: 1, seccompProfile: { type: 'RuntimeDefault' } } },
  };
  const { text } = shared([
    of(1000),
    of(1000),
    of(1000),
    of(1000),
    of(568),
    of(568),
    of(568),
    without,
    without,
    without,
  ]);
  expect(text.match(/export const (\w+)/g)).toEqual([
    'export const podSecurityContext568',
    'export const podSecurityContext',
    'export const podSecurityContextWithSeccompProfile',
  ]);
});

test('what no construct makes is named once, unless one module alone names it', () => {
  const alerts = new Call('Directory.named', ['kubernetes/components/alerts'], '../../components/alerts');
  const backup = new Call('Directory.named', ['kubernetes/components/kopiur/backup'], '../x');
  const { text, used } = shared(
    [{ components: [alerts, backup] }, { components: [alerts] }, { components: [alerts, backup, backup] }],
    ['alerts'],
  );
  expect(text).toBe(`import { Directory } from 'cdk8s-espalier';

export const alertsComponent = Directory.named('kubernetes/components/alerts');
export const kopiurBackup = Directory.named('kubernetes/components/kopiur/backup');
`);
  expect(used[1]).toEqual({ components: [{ name: 'alertsComponent', value: alerts }] });
});

test('maps that are alike by chance are not named', () => {
  const persistence = {
    config: { existingClaim: '{{ .Release.Name }}', advancedMounts: { main: { app: [{ path: '/config' }] } } },
    tmp: { type: 'emptyDir', medium: 'Memory', sizeLimit: '64Mi', globalMounts: [{ path: '/tmp' }] },
  };
  const values = { values: { persistence } };
  expect(shared([values, values, values]).text).toBe('');
});
