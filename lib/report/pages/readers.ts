import { identityKey } from '../../graph/identity';
import type { ReferenceUse, SecretReference } from '../../graph/secrets/secret-index';
import { groupBy } from '../../group-by';
import { enumerated, marks } from './markdown';
import { named } from './page';
import { consumersOf, type MadeSecret } from './secrets';

/** How a Secret is taken: what follows the name of who takes it. */
const uses: Readonly<Record<ReferenceUse, string>> = {
  env: 'in its environment',
  envFrom: 'in its environment, all of it',
  volume: 'as files',
  imagePullSecret: 'to pull images',
  tls: 'as its certificate',
  bootstrap: "for its owner's name and password",
  superuser: "for its superuser's password",
  managedRole: "for a role's password",
  certificate: 'as a certificate',
  credentials: 'to log in elsewhere',
  configuration: 'as configuration',
  push: 'to push it',
  store: 'to log in to the store',
  values: 'as values',
  flux: 'for Flux',
};

/** "Deployment `shop` takes it in its environment"; undefined where nothing in the tree does. */
export function readersText(made: MadeSecret, home: string): string | undefined {
  const texts = readers(consumersOf(made)).map(({ first, how, keys }) => {
    const which = keys.length === 0 || how.includes('all of it') ? '' : ` (${marks(keys)})`;
    return `${named(first.resource, home)} takes it ${how}${which}`;
  });
  return texts.length === 0 ? undefined : enumerated(texts);
}

interface Reader {
  readonly first: SecretReference;
  readonly how: string;
  readonly keys: readonly string[];
}

/** Each object that takes a Secret once, with all the ways in which it does and the keys that it names. */
export function readers(references: readonly SecretReference[]): readonly Reader[] {
  return [...groupBy(references, ({ resource }) => identityKey(resource)).values()].map((own) => ({
    first: own[0],
    how: enumerated([...new Set(own.map(({ use }) => uses[use]))]),
    keys: [...new Set(own.flatMap(({ key }) => key ?? []))],
  }));
}
