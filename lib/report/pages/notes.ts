import { neverPruned } from '../../graph/kustomization';
import { hasReloader } from '../../graph/restarts';
import { vaultSecretKey } from '../../graph/vault/by-secret';
import { type MadeSecret, readersOfVault } from '../../graph/vault/made-secret';
import { at, textAt } from '../../json/read';
import { deletesPushed, isWrittenOnce } from '../../systems/external-secrets/spec';
import { vaultPath } from '../../systems/external-secrets/vault-paths';
import { enumerated } from '../../text/listed';
import { list, mark, marks, paragraphs } from './markdown';
import { databasesOf, isOwn, named, type Page, type Section } from './page';
import { restartsOf } from './restarts';
import { rotations } from './rotation';
import { pushesOf, secretsOf } from './secrets';

/** What an operator should know, and how secrets are rotated. */
export const notes: Section = {
  heading: 'Notes and caveats',
  body(page) {
    const all = [...environment(page), ...secretNotes(page), ...pushNotes(page), ...databaseNotes(page), ...kept(page)];
    const procedures = rotations(page);
    if (all.length + procedures.length === 0) return undefined;
    return paragraphs(list(all), ...procedures);
  },
};

function* environment(page: Page): Generator<string> {
  const starting = secretsOf(page).flatMap((made) => restartsOf(made).filter(({ atStart }) => atStart));
  const own = starting.filter(({ resource }) => isOwn(page, resource));
  const names = new Set(own.map(({ resource }) => resource.name));
  if (names.size === 0) return;
  const plural = names.size > 1;
  const loads = `${marks(names)} ${plural ? 'load' : 'loads'} environment variables as ${plural ? 'their containers start' : 'its container starts'}, and not again.`;
  yield `${loads} ${restarter(
    page,
    own.every((one) => one.reloaded),
  )}`;
}

function restarter({ cluster }: Page, annotated: boolean): string {
  if (!annotated) return 'After a Secret has changed, somebody must restart what reads it.';
  return hasReloader(cluster)
    ? 'Reloader, which is in the tree, restarts it when a Secret changes.'
    : 'An annotation has Reloader restart it when a Secret changes; Reloader itself is not in the tree.';
}

function* secretNotes(page: Page): Generator<string> {
  for (const made of secretsOf(page)) {
    if (!isOwn(page, made.resource) || made.secret === undefined) continue;
    if (made.generators.length > 0) yield generatedNote(made);
    else if (textAt(made.spec, 'target', 'deletionPolicy') === 'Delete') {
      yield `Secret ${mark(made.secret)} is deleted when its values are gone from the store (\`deletionPolicy: Delete\`).`;
    }
  }
}

function generatedNote(made: MadeSecret): string {
  const secret = `Secret ${mark(made.secret ?? '')}`;
  if (!isWrittenOnce(made.spec)) {
    const when =
      made.refresh === 'periodic'
        ? `every ${mark(made.interval)}`
        : 'whenever the ExternalSecret changes, its annotations included';
    return `**${secret} gets new generated values ${when}**: what took the old ones as it started keeps them until it is restarted. \`refreshPolicy: CreatedOnce\`, \`target.immutable: true\` and \`creationPolicy: Orphan\` together keep them.`;
  }
  if (made.creationPolicy === 'Orphan' && made.immutable) {
    return `The values of ${secret} are generated once. They stay when the ExternalSecret is changed, recreated or deleted; if the Secret itself is lost, so are they.`;
  }
  return `The values of ${secret} are generated once, and again when the Secret is deleted or the ExternalSecret is recreated: only \`target.immutable: true\` and \`creationPolicy: Orphan\` together keep them.`;
}

function* pushNotes(page: Page): Generator<string> {
  const reads = readersOfVault(page.cluster);
  for (const { resource, spec, writes, secret } of pushesOf(page)) {
    const unread = new Set(writes.filter((access) => !reads.has(vaultSecretKey(access))).map(vaultPath));
    if (unread.size > 0 && secret !== undefined && textAt(spec, 'updatePolicy') !== 'IfNotExists') {
      yield `What is at ${marks(unread)} is a copy for people to look up: nothing in the tree reads it. A value that is changed there is overwritten with that of Secret ${mark(secret)}.`;
    }
    if (deletesPushed(spec)) {
      yield `${named(resource, page.app.namespace)} deletes what it pushed when it is deleted itself, or when its Secret is gone (\`deletionPolicy: Delete\`).`;
    }
  }
}

function* databaseNotes(page: Page): Generator<string> {
  for (const { name, value } of databasesOf(page)) {
    if (at(value, 'spec', 'bootstrap', 'initdb') !== undefined) {
      yield `\`initdb\` of ${mark(name)} runs once, when the database is made: what is changed below \`spec.bootstrap\` later has no effect. The password is another matter: CloudNativePG sets it again whenever the Secret changes.`;
    }
    if (at(value, 'spec', 'instances') === 1) {
      yield `${mark(name)} has one instance: there is none to take over while its node is drained or lost.`;
    }
  }
}

function* kept({ app }: Page): Generator<string> {
  const home = app.namespace;
  const objects = app.resources.filter((resource) => neverPruned(resource));
  if (objects.length === 0) return;
  const shown = objects.slice(0, 5).map((resource) => named(resource, home));
  const more = objects.length > 5 ? [`${objects.length - 5} more`] : [];
  yield `Flux never deletes ${enumerated([...shown, ...more])}, even when ${objects.length === 1 ? 'it leaves' : 'they leave'} the tree: that is left to people.`;
}
