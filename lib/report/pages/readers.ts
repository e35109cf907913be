import { identityKey } from '../../graph/identity';
import { usedAs } from '../../graph/secrets/used-as';
import { consumersOf, type MadeSecret } from '../../graph/vault/made-secret';
import { groupBy } from '../../text/group-by';
import { enumerated } from '../../text/listed';
import { marks } from './markdown';
import { named } from './page';

/** "Deployment `shop` takes `token` as environment variables"; undefined where nothing in the tree does. */
export function readersText(made: MadeSecret, home: string): string | undefined {
  const texts = [...groupBy(consumersOf(made), ({ resource }) => identityKey(resource)).values()].map((own) => {
    const ways = [...groupBy(own, ({ use }) => use)].map(([use, references]) => {
      const keys = new Set(references.flatMap(({ key }) => key ?? []));
      return usedAs(use, keys.size === 0 ? 'it' : marks(keys));
    });
    return `${named(own[0].resource, home)} takes ${enumerated([...new Set(ways)])}`;
  });
  return texts.length === 0 ? undefined : enumerated(texts);
}
