import { identityKey } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { vaultSecretKey } from '../../graph/vault/by-secret';
import { expectedKeys } from '../../graph/vault/expected-keys';
import { consumersOf, type MadeSecret, type Push, readersOfVault } from '../../graph/vault/made-secret';
import { textAt } from '../../json/read';
import { chartSecrets } from '../../pictures/chart-secrets';
import { vaultPath } from '../../systems/external-secrets/vault-paths';
import { groupBy } from '../../text/group-by';
import { forceSync, refreshTime, upgrade, vaultArguments } from './commands';
import { databasesText } from './database-password';
import { block, list, mark, marks, paragraphs, steps, word } from './markdown';
import { fileLink, isOwn, named, type Page } from './page';
import { renewal } from './renewal';
import { restartSteps, restartsOf } from './restarts';
import { pushesOf, secretsOf } from './secrets';

/** The procedures by which the app's secrets are changed, each from what the tree has. */
export function rotations(page: Page): readonly string[] {
  const own = secretsOf(page).filter(({ resource, secret }) => isOwn(page, resource) && secret !== undefined);
  return [
    ...own
      .filter(({ generators }) => generators.length > 0)
      .map((made) => procedure(page, made, 'the generated values of', [])),
    ...own
      .filter(({ reads, generators }) => reads.length > 0 && generators.length === 0)
      .map((made) => fromVault(page, made)),
    ...own
      .filter(({ reads, generators }) => reads.length + generators.length === 0)
      .map((made) => procedure(page, made, 'the values of', ['Change the values in the store.'])),
    ...encrypted(page),
  ];
}

function fromVault(page: Page, made: MadeSecret): string {
  const places = groupBy(made.reads, vaultSecretKey);
  const writes = [...places.values()].map((accesses) => {
    const [access] = accesses;
    if (accesses.every(({ verb }) => verb === 'find')) {
      return `Change the value in the secret that holds it, of those below ${mark(vaultPath(access))}: the tree does not name them.`;
    }
    const { keys } = expectedKeys(page.cluster, made, accesses);
    const key = keys.find((one) => one.required)?.key ?? keys[0]?.key ?? 'KEY';
    if (access.version === 'v1') {
      return paragraphs(
        `Write the new value to ${mark(vaultPath(access))}. KV version 1 has no patch: write all keys, for those that are left out are gone.`,
        block('sh', [`vault kv put ${vaultArguments(access)} @values.json`, 'rm values.json']),
      );
    }
    return paragraphs(
      `Write the new value to ${mark(vaultPath(access))}, here of ${mark(key)}, from a file without a line break at its end. \`patch\` keeps the other keys, which \`put\` would remove.`,
      block('sh', [`vault kv patch ${vaultArguments(access)} ${word(`${key}=@value.txt`)}`, 'rm value.txt']),
    );
  });
  return procedure(page, made, 'a value of', writes);
}

/** A heading, and steps that begin with those that are given. */
function procedure(page: Page, made: MadeSecret, what: string, first: readonly string[]): string {
  const { kustomization } = page.app;
  const { commands, why, recreates } = renewal(made, kustomization);
  const restarts = restartsOf(made);
  const databases = databasesText(made);
  const pushes = pushesOf(page).filter(
    ({ resource, secret }) => secret === made.secret && resource.namespace === made.resource.namespace,
  );
  return paragraphs(
    `### Rotating ${what} Secret ${mark(made.secret ?? '')}`,
    steps([
      ...first,
      paragraphs(`Have External Secrets write the Secret again. ${why}`, block('sh', commands)),
      ...databases,
      ...chartsText(made),
      ...namedInCharts(page, made),
      ...restartSteps(restarts, recreates),
      ...pushes.map((push) => pushText(page, push, recreates)),
    ]),
    databases.length > 0 && restarts.some(({ atStart }) => atStart)
      ? 'Once the database has the new password, open connections go on, and new ones of pods that started with the old one are refused: restart them without delay.'
      : undefined,
  );
}

/** Flux reads the values of a chart as it reconciles its release, not when a Secret changes. */
function chartsText(made: MadeSecret): string[] {
  const releases = new Map(
    consumersOf(made)
      .filter(({ use, resource }) => use === 'values' && resource.kind === 'HelmRelease')
      .map(({ resource }) => [identityKey(resource), resource]),
  );
  if (releases.size === 0) return [];
  const names = marks([...releases.values()].map(({ name }) => name));
  const which = releases.size === 1 ? 'HelmRelease' : 'HelmReleases';
  return [
    paragraphs(
      `Have Flux upgrade ${which} ${names}, whose chart takes the values (or wait for the interval). Whether that restarts its pods is up to the chart.`,
      block('sh', [...releases.values()].map(upgrade)),
    ),
  ];
}

/** What the values of a chart name is read by what the chart runs, in which way only the chart knows. */
function namedInCharts({ cluster }: Page, made: MadeSecret): string[] {
  const releases = chartSecrets(cluster).get(`${made.resource.namespace}/${made.secret}`) ?? [];
  if (releases.length === 0) return [];
  const which = `${releases.length === 1 ? 'HelmRelease' : 'HelmReleases'} ${marks(releases.map(({ name }) => name))}`;
  return [
    `${which} ${releases.length === 1 ? 'names' : 'name'} it in the values of the chart: restart what that runs, where it took the values as it started and Reloader does not restart it.`,
  ];
}

function pushText(page: Page, { resource, spec, writes, interval }: Push, recreates: boolean): string {
  const paths = [...new Set(writes.map(vaultPath))];
  const keeps = textAt(spec, 'updatePolicy') === 'IfNotExists';
  const deletes = textAt(spec, 'deletionPolicy') === 'Delete' && recreates;
  const followers = readersElsewhere(page, writes.map(vaultSecretKey));
  return paragraphs(
    `Push the new values to ${paths.length === 0 ? 'the store' : marks(paths)} (without that it happens within ${mark(interval)}).${
      keeps
        ? ' With `updatePolicy: IfNotExists` it leaves what is there: delete the old values in the store first.'
        : ''
    }${deletes ? ' With `deletionPolicy: Delete`, values may be gone from the store while the Secret is.' : ''}`,
    block('sh', [forceSync(resource), refreshTime(resource)]),
    followers.length === 0
      ? undefined
      : `Others read them from there, and follow with their next refresh:\n\n${block('sh', followers.map(forceSync))}`,
  );
}

/** ExternalSecrets that read what a PushSecret writes. */
function readersElsewhere({ cluster }: Page, places: readonly string[]): readonly Resource[] {
  const reads = readersOfVault(cluster);
  const found = places.flatMap((place) => reads.get(place) ?? []);
  return [...new Set(found.map(({ resource }) => resource))];
}

/** Secrets that stand in the tree, encrypted. */
function encrypted(page: Page): string[] {
  return page.app.resources
    .filter(({ group, kind, document }) => group === '' && kind === 'Secret' && document.encrypted)
    .map((resource) => {
      const { kind, namespace, name, document } = resource;
      const readers = page.cluster.secrets.readersOf('Secret', namespace, name);
      const restarts = restartsOf({ readers, secret: name });
      return paragraphs(
        `### Rotating Secret ${mark(name)}`,
        steps([
          `Change ${fileLink(page, document.file.path)} with \`sops\`, commit it, and let Flux apply it. The old value stays in Git's history, and must lose its worth elsewhere.`,
          ...restartSteps(restarts, false),
        ]),
        restarts.length === 0
          ? list([`nothing in the tree takes ${named({ kind, namespace, name }, namespace)}`])
          : undefined,
      );
    });
}
