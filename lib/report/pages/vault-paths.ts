import { keyDescriptions } from '../../graph/description';
import { vaultSecretKey } from '../../graph/vault/by-secret';
import { type ExpectedKey, expectedKeys } from '../../graph/vault/expected-keys';
import type { MadeSecret, Push } from '../../graph/vault/made-secret';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { dataPath, metadataPath, vaultPath } from '../../systems/external-secrets/vault-paths';
import { groupBy } from '../../text/group-by';
import { enumerated } from '../../text/listed';
import { withCode } from '../markdown-text';
import { list, mark, marks, paragraphs, table } from './markdown';
import { named, objectLink, type Page, type Section } from './page';
import { readersText } from './readers';
import { pushesOf, secretsOf } from './secrets';
import { vaultOf } from './stores';

/** One secret in Vault that an app reads or writes. */
export interface UsedPath {
  /** As people name it: `kv/acme/prod/shop`. */
  readonly path: string;
  readonly first: VaultAccess;
  readonly reads: readonly { readonly made: MadeSecret; readonly access: VaultAccess }[];
  readonly pushes: readonly { readonly push: Push; readonly accesses: readonly VaultAccess[] }[];
}

/** What an app reads and writes in Vault, what it reads first. */
export function usedPaths(page: Page): readonly UsedPath[] {
  const reads = secretsOf(page).flatMap((made) => made.reads.map((access) => ({ made, access })));
  const writes = pushesOf(page).flatMap((push) => push.writes.map((access) => ({ push, access })));
  const all = groupBy([...reads, ...writes], ({ access }) => vaultSecretKey(access));
  return [...all.values()].map((uses) => {
    const pushed = groupBy(
      uses.flatMap((use) => ('push' in use ? [use] : [])),
      ({ push }) => push,
    );
    return {
      path: vaultPath(uses[0].access),
      first: uses[0].access,
      reads: uses.flatMap((use) => ('made' in use ? [use] : [])),
      pushes: [...pushed].map(([push, own]) => ({ push, accesses: own.map(({ access }) => access) })),
    };
  });
}

/** Each secret in Vault: who reads and writes it, by which path of the API, and the keys that it is expected to hold. */
export const vaultPaths: Section = {
  heading: 'Vault paths used',
  body(page) {
    const paths = usedPaths(page);
    if (paths.length === 0) return undefined;
    return paths.map((used) => onePath(page, used)).join('\n\n');
  },
};

function onePath(page: Page, used: UsedPath): string {
  const { first } = used;
  const vault = vaultOf(first.store);
  const metadata = metadataPath(first);
  const api = [
    `data ${mark(dataPath(first))}`,
    ...(first.version === 'v2' && metadata ? [`metadata ${mark(metadata)}`] : []),
  ];
  const home = page.app.namespace;
  return paragraphs(
    `### ${mark(used.path)}`,
    list([
      `In ${named(first.store, home)}${vault === undefined ? '' : ` (${vault.text})`}; in Vault's API: ${enumerated(api)}`,
      ...used.reads.map(({ made }) => readText(page, made)).filter((text, i, all) => all.indexOf(text) === i),
      ...used.pushes.map(({ push, accesses }) => pushText(page, push, accesses)),
    ]),
    ...[...groupBy(used.reads, ({ made }) => made)].map(([made, reads]) =>
      keysText(
        page,
        made,
        reads.map(({ access }) => access),
      ),
    ),
    used.reads.length === 0 ? undefined : propertiesText(used),
  );
}

function readText(page: Page, made: MadeSecret): string {
  const home = page.app.namespace;
  const often = {
    periodic: `every ${mark(made.interval)}`,
    'on-change': 'when it is changed itself',
    once: 'once',
  }[made.refresh];
  const target = made.secret === undefined ? '' : ` into Secret ${mark(made.secret)}`;
  const readers = readersText(made, home);
  return `${named(made.resource, home)} reads it ${often}${target} (${objectLink(page, made.resource)})${readers === undefined ? '' : `; ${readers}`}`;
}

function pushText(page: Page, push: Push, accesses: readonly VaultAccess[]): string {
  const home = page.app.namespace;
  const from = push.secret === undefined ? '' : ` of Secret ${mark(push.secret)}`;
  const properties = accesses.flatMap(({ property }) => property ?? []);
  const what =
    properties.length === 0
      ? `all keys${from} as one value`
      : `the ${properties.length === 1 ? 'property' : 'properties'} ${marks(properties)}${from}`;
  return `${named(push.resource, home)} writes ${what} there every ${mark(push.interval)} (${objectLink(page, push.resource)})`;
}

/** A path that is both read and written: where its keys come from. */
function propertiesText({ pushes }: UsedPath): string | undefined {
  if (pushes.length === 0) return undefined;
  return `It is written and read by the cluster itself: keys that ${pushes.length === 1 ? 'the PushSecret writes' : 'the PushSecrets write'} need nobody to write them.`;
}

function keysText(page: Page, made: MadeSecret, accesses: readonly VaultAccess[]): string | undefined {
  const { keys, more } = expectedKeys(page.cluster, made, accesses);
  if (keys.length === 0) return more;
  const said = keyDescriptions(made.resource);
  const rows = keys.map((one) => [mark(one.key), needText(one), withCode(said.get(one.key) ?? '')]);
  const required = keys.filter((one) => one.required).length;
  return paragraphs(
    required === keys.length
      ? 'Expected keys, all of them required:'
      : `Expected keys (${required} required, ${keys.length - required} optional):`,
    table(['Key', 'Needed', 'What it is'], rows),
    more,
  );
}

function needText({ required, meantOptional, byDefault }: ExpectedKey): string {
  if (required) {
    return meantOptional
      ? '**required**: the template means it to be optional, but External Secrets fails without it (`missingkey=error`)'
      : 'required';
  }
  if (byDefault === '') return 'optional: empty where it is absent';
  return byDefault === undefined ? 'optional' : `optional: ${mark(byDefault)} where it is absent`;
}
