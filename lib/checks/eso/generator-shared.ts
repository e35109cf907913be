import type { Cluster } from '../../graph/cluster';
import { generatedKeys } from '../../graph/external-secrets/generated';
import { type Asked, externalSecrets, targetOf } from '../../graph/external-secrets/specs';
import { identityKey, step } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { keysAt, textAt } from '../../json/read';
import { push } from '../../text/group-by';
import type { ClusterCheck } from '../check';

export const generatorShared: ClusterCheck = {
  id: 'eso/generator-shared',
  severity: 'error',
  title: 'One generator for two Secrets that need the same value',
  atRunTime:
    'a generator does not remember values: each Secret gets a different one, and logins with the second are refused',
  remedy: 'generate the value once and read it from that Secret, or push it to a store and read it from there',
  source: 'https://external-secrets.io/latest/guides/generator/',
  *check(cluster) {
    for (const sharers of byGenerator(cluster).values()) {
      if (sharers.length < 2) continue;
      const owner = sharers.map((asked) => databaseOf(cluster, asked)).find((found) => found !== undefined);
      if (owner === undefined) continue;
      for (const asked of sharers) {
        if (asked === owner.asked || !logsInTo(owner, asked)) continue;
        const { resource, path } = asked;
        yield {
          at: { resource, path: [...path, 'dataFrom'], on: 'key' },
          message: `Secret ${targetOf(asked)} gets a different password than Secret ${owner.secret}, with which Cluster ${owner.cluster} is created: a generator makes a new one for each`,
          chain: [step(resource), ...generatorSteps(cluster, asked), step(owner.asked.resource)],
        };
      }
    }
  },
};

function byGenerator(cluster: Cluster): ReadonlyMap<string, readonly Asked[]> {
  const groups = new Map<string, Asked[]>();
  for (const asked of externalSecrets(cluster)) {
    const [generator] = generatedKeys(cluster, asked).values();
    if (generator === undefined) continue;
    push(groups, identityKey(generator.resource), asked);
  }
  return groups;
}

interface DatabaseSecret {
  readonly asked: Asked;
  readonly secret: string;
  readonly cluster: string;
  readonly users: ReadonlySet<string>;
}

/** The database whose password an ExternalSecret makes. */
function databaseOf(cluster: Cluster, asked: Asked): DatabaseSecret | undefined {
  const secret = targetOf(asked);
  const [namespace] = asked.namespaces;
  if (secret === undefined || namespace === undefined) return undefined;
  const readers = cluster.secrets.readersOf('Secret', namespace, secret);
  const reader = readers.find(({ use }) => use === 'bootstrap' || use === 'managedRole' || use === 'superuser');
  return reader && { asked, secret, cluster: reader.resource.name, users: new Set(usersIn(asked)) };
}

/** Whether another Secret is for the same login: it names the database's host, or its user. */
function logsInTo({ cluster, users, asked: owner }: DatabaseSecret, asked: Asked): boolean {
  const host = new RegExp(`(?:^|[^\\w-])${cluster.replace(/[^\w-]/g, '\\$&')}-(?:rw|ro|r)(?![\\w-])`);
  if (texts(asked).some(({ text }) => host.test(text))) return true;
  return owner.namespaces[0] === asked.namespaces[0] && usersIn(asked).some((user) => users.has(user));
}

function usersIn(asked: Asked): string[] {
  return texts(asked).flatMap(({ key, text }) => (/user/i.test(key) && !text.includes('{{') ? [text] : []));
}

function texts({ spec }: Asked): { key: string; text: string }[] {
  return keysAt(spec, 'target', 'template', 'data').flatMap((key) => {
    const text = textAt(spec, 'target', 'template', 'data', key);
    return text === undefined || !isKnown(text) ? [] : [{ key, text }];
  });
}

function generatorSteps(cluster: Cluster, asked: Asked): string[] {
  const [generator] = generatedKeys(cluster, asked).values();
  return generator === undefined ? [] : [step(generator.resource)];
}
