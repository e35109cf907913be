import { policyOf } from '../../graph/kustomization';
import type { Resource } from '../../graph/resource';
import { storesNamed } from '../../graph/vault/made-secret';
import { containersOf, podTemplate } from '../../graph/workload';
import { at, keysAt, listAt, textAt } from '../../json/read';
import { generatorIn } from '../../systems/external-secrets/generators';
import { generatorGroup } from '../../systems/external-secrets/spec';
import { vaultPath } from '../../systems/external-secrets/vault-paths';
import { address } from '../../text/address';
import { compareText } from '../../text/compare';
import { count } from '../../text/count';
import { groupBy } from '../../text/group-by';
import { enumerated } from '../../text/listed';
import { escapeMarkdown } from '../markdown-text';
import { mark, marks, plain } from './markdown';
import type { Page } from './page';
import { pushesOf, secretsOf } from './secrets';
import { vaultOf } from './stores';

/** What an object does, for the list of components: the rest of a sentence after its name; undefined for kinds of which nothing is known. */
export function roleOf(page: Page, resource: Resource): string | undefined {
  const kind = `${resource.group}/${resource.kind}`;
  if (Object.hasOwn(roles, kind)) return roles[kind]?.(resource, page);
  if (resource.group === generatorGroup) return generator(resource);
  return podTemplate(resource) === undefined ? undefined : workload(resource);
}

type Role = (resource: Resource, page: Page) => string | undefined;

const roles: Readonly<Record<string, Role>> = {
  'external-secrets.io/ExternalSecret': externalSecret,
  'external-secrets.io/PushSecret': pushSecret,
  'external-secrets.io/ClusterSecretStore': store,
  'external-secrets.io/SecretStore': store,
  'postgresql.cnpg.io/Cluster': database,
  'postgresql.cnpg.io/ScheduledBackup': ({ value }) =>
    `backs ${mark(textAt(value, 'spec', 'cluster', 'name') ?? '?')} up at ${mark(textAt(value, 'spec', 'schedule') ?? '?')}`,
  'barmancloud.cnpg.io/ObjectStore': ({ value }) =>
    `takes backups at ${mark(address(textAt(value, 'spec', 'configuration', 'destinationPath') ?? '?'))}`,
  'helm.toolkit.fluxcd.io/HelmRelease': helmRelease,
  'source.toolkit.fluxcd.io/HelmRepository': source,
  'source.toolkit.fluxcd.io/OCIRepository': source,
  'source.toolkit.fluxcd.io/GitRepository': source,
  'source.toolkit.fluxcd.io/Bucket': ({ value }) =>
    `holds files of the bucket ${mark(textAt(value, 'spec', 'bucketName') ?? '?')}`,
  '/Secret': ({ value, document }) => {
    const keys = new Set([...keysAt(value, 'data'), ...keysAt(value, 'stringData')]);
    return `${keys.size === 0 ? 'has no keys' : `has ${keys.size === 1 ? 'the key' : 'the keys'} ${marks(keys)}`}${document.encrypted ? ', encrypted by SOPS' : ''}`;
  },
  '/ConfigMap': ({ value }) => {
    const keys = [...keysAt(value, 'data'), ...keysAt(value, 'binaryData')];
    return keys.length === 0 ? undefined : `has ${keys.length === 1 ? 'the key' : 'the keys'} ${several(keys)}`;
  },
  '/Service': ({ value }) => {
    const ports = listAt(value, 'spec', 'ports').flatMap((port) => plain(at(port, 'port')) ?? []);
    return ports.length === 0 ? undefined : `takes requests at port ${marks(ports)}`;
  },
  'gateway.networking.k8s.io/HTTPRoute': ({ value }) => hosts(listAt(value, 'spec', 'hostnames')),
  'networking.k8s.io/Ingress': ({ value }) => hosts(listAt(value, 'spec', 'rules').map((rule) => at(rule, 'host'))),
  'rbac.authorization.k8s.io/ClusterRoleBinding': binding,
  'rbac.authorization.k8s.io/RoleBinding': binding,
};

function externalSecret(resource: Resource, page: Page): string | undefined {
  const made = secretsOf(page).find((one) => one.resource === resource);
  if (made === undefined) return undefined;
  const paths = new Set(made.reads.map(vaultPath));
  const from = [
    ...(paths.size > 0 ? [`from Vault at ${marks(paths)}`] : []),
    ...(made.generators.length > 0
      ? [`with values of the generator ${marks(made.generators.map(({ name }) => name))}`]
      : []),
    ...(paths.size === 0 && made.generators.length === 0 && storesNamed(made).length > 0
      ? [`from the store ${marks(storesNamed(made))}`]
      : []),
  ];
  if (made.secret === undefined) return `reads ${from.join(', ')}, and writes no Secret (\`creationPolicy: None\`)`;
  const verb = made.creationPolicy === 'Merge' ? 'adds to' : 'makes';
  const once = made.refresh === 'once' ? ', once' : '';
  return `${verb} Secret ${mark(made.secret)} ${enumerated(from)}${once}`.trimEnd();
}

function pushSecret(resource: Resource, page: Page): string | undefined {
  const push = pushesOf(page).find((one) => one.resource === resource);
  if (push === undefined) return undefined;
  const paths = new Set(push.writes.map(vaultPath));
  const to = paths.size > 0 ? `Vault at ${marks(paths)}` : `the store ${marks(storesNamed(push))}`;
  return `writes ${push.secret === undefined ? 'values' : `keys of Secret ${mark(push.secret)}`} to ${to}`;
}

function store(resource: Resource): string {
  const vault = vaultOf(resource);
  if (vault !== undefined) return `reads and writes ${vault.text}`;
  const [provider] = keysAt(resource.value, 'spec', 'provider');
  return provider === undefined ? 'has no provider' : `reads and writes the provider ${mark(provider)}`;
}

function database({ value, ...resource }: Resource): string {
  const method = ['initdb', 'recovery', 'pg_basebackup'].find(
    (name) => at(value, 'spec', 'bootstrap', name) !== undefined,
  );
  const name = method && textAt(value, 'spec', 'bootstrap', method, 'database');
  const owner = method && textAt(value, 'spec', 'bootstrap', method, 'owner');
  const instances = plain(at(value, 'spec', 'instances')) ?? '1';
  const size = plain(at(value, 'spec', 'storage', 'size'));
  const kept = policyOf({ ...resource, value } as Resource, 'prune') === 'disabled';
  const of =
    name === undefined
      ? ''
      : ` with the database ${mark(name)}${owner === undefined ? '' : `, owned by ${mark(owner)}`}`;
  const volume = size === undefined ? '' : ` and ${mark(size)} each`;
  return `is PostgreSQL${of}: ${escapeMarkdown(instances)} ${instances === '1' ? 'instance' : 'instances'}${volume}${kept ? '; Flux never deletes it' : ''}`;
}

function helmRelease(release: Resource, page: Page): string {
  const { value } = release;
  const contents = page.cluster.charts.get(release);
  if (contents?.type === 'opened') {
    const { chart, objects } = contents;
    const kinds = [...groupBy(objects, ({ kind }) => kind)].sort(([a], [b]) => compareText(a, b));
    const made = kinds.map(([kind, { length }]) => escapeMarkdown(count(length, kind)));
    return `installs the chart ${mark(chart.name)} ${mark(chart.version)}, which makes ${enumerated(made) || 'nothing'}`;
  }
  const chart = textAt(value, 'spec', 'chart', 'spec', 'chart') ?? textAt(value, 'spec', 'chartRef', 'name');
  const version = textAt(value, 'spec', 'chart', 'spec', 'version');
  const which = version === undefined ? '' : ` ${mark(version)}`;
  return chart === undefined ? 'installs a chart' : `installs the chart ${mark(chart)}${which}`;
}

function source({ value }: Resource): string | undefined {
  const url = textAt(value, 'spec', 'url');
  const ref = ['tag', 'semver', 'branch', 'digest', 'commit'].flatMap(
    (field) => textAt(value, 'spec', 'ref', field) ?? [],
  )[0];
  return url === undefined ? undefined : `fetches ${mark(address(url))}${ref === undefined ? '' : ` at ${mark(ref)}`}`;
}

function binding({ value }: Resource): string | undefined {
  const role = textAt(value, 'roleRef', 'name');
  const subjects = listAt(value, 'subjects').flatMap((subject) => textAt(subject, 'name') ?? []);
  return role === undefined || subjects.length === 0
    ? undefined
    : `gives the rights of ${mark(role)} to ${marks(subjects)}`;
}

function generator(resource: Resource): string {
  const { kind, spec } = generatorIn(resource.value);
  if (kind !== 'Password') return `generates values (${escapeMarkdown(kind)})`;
  return `generates passwords of ${escapeMarkdown(plain(at(spec, 'length')) ?? '24')} characters`;
}

function workload(resource: Resource): string | undefined {
  const pod = podTemplate(resource);
  const images = pod === undefined ? [] : containersOf(pod).flatMap(({ value }) => textAt(value, 'image') ?? []);
  const replicas = plain(at(resource.value, 'spec', 'replicas'));
  const times = replicas === undefined || replicas === '1' ? '' : ` in ${replicas} replicas`;
  return images.length === 0 ? undefined : `runs ${marks(new Set(images))}${escapeMarkdown(times)}`;
}

function hosts(values: readonly unknown[]): string | undefined {
  const names = values.filter((host) => typeof host === 'string');
  return names.length === 0 ? undefined : `takes requests for ${marks(names)}`;
}

const mostNamed = 12;

function several(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).map(mark);
  return enumerated(names.length > mostNamed ? [...shown, `${names.length - mostNamed} more`] : shown);
}
