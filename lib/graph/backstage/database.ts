import { serviceName, services } from '../../systems/cnpg/made';
import { group, isCluster } from '../../systems/cnpg/names';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import { type Backstage, type Setting, settingOf } from './containers';

/** The CNPG Cluster that Backstage connects to, and by which of its Services. */
export interface Connection {
  readonly database: Resource;
  readonly service: string;
  readonly host: string;
  readonly setting: Setting;
}

const connection = ['backend', 'database', 'connection'];

/** Undefined where the tree does not show where Backstage connects to. */
export function connectionOf(backstage: Backstage, cluster: Cluster): Connection | undefined {
  const setting = settingOf(backstage, ...connection, 'host') ?? settingOf(backstage, ...connection);
  if (setting === undefined || settingOf(backstage, 'backend', 'database', 'client')?.text !== 'pg') return undefined;
  if (setting.text !== undefined) return ofHost(setting.text, setting, backstage, cluster);
  // The host may be a key of the Secret that CNPG makes.
  const [, variable = ''] = /^\$\{(\w+)\}$/.exec(setting.written) ?? [];
  const from = backstage.environment.values.get(variable)?.from;
  if (from === undefined) return undefined;
  const found = cluster.secrets.lookup(from.kind, backstage.pod.resource.namespace, from.name);
  const maker = found.state === 'found' ? found.producers[0].resource : undefined;
  if (maker === undefined || !isCluster(maker)) return undefined;
  return { database: maker, service: 'rw', host: serviceName(maker.name, 'rw'), setting };
}

const written = new RegExp(
  `(?:^|@|//)(([a-z][a-z0-9-]*)-(${services.join('|')})(?:\\.([a-z0-9-]+)(?:\\.svc[a-z0-9.-]*)?)?)(?::\\d+)?(?:/.*)?$`,
);

function ofHost(text: string, setting: Setting, { pod }: Backstage, cluster: Cluster): Connection | undefined {
  const [, host = '', name = '', service = '', namespace = pod.resource.namespace] = written.exec(text) ?? [];
  const [database] = cluster.find({ group, kind: 'Cluster', namespace, name });
  return database === undefined ? undefined : { database, service, host, setting };
}

/** The name of the role that Backstage connects as, where the tree shows that it is this Cluster's owner's. */
export function connectsAs(backstage: Backstage, owner: { readonly owner: string; readonly secret: string }): boolean {
  const user = settingOf(backstage, ...connection, 'user');
  if (user?.text !== undefined) return user.text === owner.owner;
  const [, variable = ''] = /^\$\{(\w+)\}$/.exec(user?.written ?? '') ?? [];
  const from = backstage.environment.values.get(variable)?.from;
  return from?.kind === 'Secret' && from.name === owner.secret && /^user(?:name)?$/.test(from.key);
}
