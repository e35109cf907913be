import { chainOf, credentialsOf } from '../../graph/cnpg/roles';
import { step } from '../../graph/identity';
import { literalOf } from '../../graph/secrets/literal';
import type { ClusterCheck } from '../check';

export const lineBreak: ClusterCheck = {
  id: 'cnpg/line-break',
  severity: 'error',
  title: 'Credential that ends in a line break',
  atRunTime:
    'logins fail ("password authentication failed"): one side treats the line break as part of the user name or password, the other does not',
  remedy: 'encode the value without the line break (printf %s … | base64), or write it under stringData',
  source: 'https://github.com/cloudnative-pg/cloudnative-pg/issues/5060',
  *check(cluster) {
    for (const { reference, whose, trimmed } of credentialsOf(cluster)) {
      const { kind, namespace, name } = reference;
      const found = cluster.secrets.lookup(kind, namespace, name);
      if (found.state !== 'found' || found.producers.length > 1) continue;
      const [producer] = found.producers;
      for (const key of trimmed ? ['password'] : ['username', 'password']) {
        const literal = literalOf(producer, key);
        if (literal === undefined || literal.text === literal.text.replace(/[\r\n]+$/, '')) continue;
        yield {
          at: { resource: producer.resource, path: literal.path },
          message: `the ${key} of ${whose} ends in a line break in Secret ${namespace}/${name}`,
          chain: [...chainOf(reference, key), step(producer.resource)],
          sensitive: true,
        };
      }
    }
  },
};
