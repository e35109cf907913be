import { identityKey } from '../../graph/identity';
import type { ReferenceUse } from '../../graph/secrets/secret-index';
import { consumersOf, type MadeSecret } from '../../graph/vault/made-secret';
import { groupBy } from '../../text/group-by';
import { enumerated } from '../../text/listed';
import { marks } from './markdown';
import { named } from './page';

/** What is taken of a Secret, and how: what follows "takes". */
function uses(use: ReferenceUse, which: string): string {
  switch (use) {
    case 'env':
      return `${which} as environment variables`;
    case 'envFrom':
      return 'all its keys as environment variables';
    case 'volume':
      return `${which} as files`;
    case 'bootstrap':
      return "its owner's name and password from it";
    case 'superuser':
      return "the superuser's password from it";
    case 'managedRole':
      return "a role's password from it";
    case 'imagePullSecret':
      return 'it to pull images';
    case 'tls':
    case 'certificate':
      return 'it as a certificate';
    case 'values':
      return `${which} as values`;
    case 'store':
    case 'credentials':
      return `${which} to log in elsewhere`;
    default:
      return which;
  }
}

/** "Deployment `shop` takes `token` as environment variables"; undefined where nothing in the tree does. */
export function readersText(made: MadeSecret, home: string): string | undefined {
  const texts = [...groupBy(consumersOf(made), ({ resource }) => identityKey(resource)).values()].map((own) => {
    const ways = [...groupBy(own, ({ use }) => use)].map(([use, references]) => {
      const keys = new Set(references.flatMap(({ key }) => key ?? []));
      return uses(use, keys.size === 0 ? 'it' : marks(keys));
    });
    return `${named(own[0].resource, home)} takes ${enumerated([...new Set(ways)])}`;
  });
  return texts.length === 0 ? undefined : enumerated(texts);
}
