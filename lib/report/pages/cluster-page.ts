import { chartVersionOf } from '../../graph/charts';
import { descriptionOf } from '../../graph/description';
import { isSuspended, nameOf } from '../../graph/kustomization';
import type { Resource } from '../../graph/resource';
import { at, textAt } from '../../json/read';
import { fluxOrder } from '../../pictures/flux-order';
import { appliesNothing } from '../../pictures/readiness';
import { isCluster } from '../../systems/cnpg/names';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import { count } from '../../text/count';
import { escapeMarkdown, withCode } from '../markdown-text';
import { renderMermaid } from '../pictures/mermaid';
import { type App, appsOf } from './app';
import { madeBy } from './app-page';
import { described } from './introduction';
import { list, mark, paragraphs, plain, sentence, table } from './markdown';
import { appLink, objectLink, type Site } from './page';
import { picture } from './picture';
import { providerText, usesTable } from './stores';

/** The index of a cluster: its apps, their order, operators, stores, databases and places in Vault. */
export function clusterPage(site: Site): string {
  const apps = appsOf(site.cluster);
  return `${paragraphs(
    madeBy,
    `# Cluster ${escapeMarkdown(site.name)}`,
    described(rootDescription(site)),
    `${count(apps.length, 'app')} that Flux applies, ${count(site.cluster.resources.length, 'object')} in all. The pages are written from the tree: they say what Git holds, not how the cluster is at the moment.`,
    section('Apps', appsTable(site, apps)),
    section('Order', picture(renderMermaid(fluxOrder(site.cluster)))),
    section('Operators and other charts', charts(site, apps)),
    section('Stores', stores(site, apps)),
    section('Databases', databases(site, apps)),
    section('Vault paths', usesTable(site.cluster.vault)),
    section('Applied, but not from this tree', elsewhere(site)),
    section('Nothing to apply', empty(site)),
  )}\n`;
}

function section(heading: string, body: string | undefined): string | undefined {
  return body === undefined || body === '' ? undefined : `## ${heading}\n\n${body}`;
}

function rootDescription({ cluster }: Site): string | undefined {
  const root = cluster.kustomizations.find(
    ({ resource }) => resource.appliedBy === undefined || resource.appliedBy.resource === resource,
  );
  return root === undefined ? undefined : descriptionOf(root.resource);
}

function appsTable(site: Site, apps: readonly App[]): string {
  const rows = apps.map(({ kustomization, namespace }) => [
    appLink(site, kustomization) + (isSuspended(kustomization) ? ' (suspended)' : ''),
    withCode((descriptionOf(kustomization.resource) ?? '').replace(/\s+/g, ' ')),
    namespace === '' ? '' : mark(namespace),
    kustomization.dependsOn
      .map(({ target, name }) => (target === undefined ? `${mark(name)} (not in the tree)` : appLink(site, target)))
      .join(', '),
  ]);
  return table(['App', 'What it is', 'Namespace', 'Waits for'], rows);
}

interface Owned {
  readonly app: App;
  readonly resource: Resource;
}

function all(apps: readonly App[], fits: (resource: Resource) => boolean): Owned[] {
  return apps.flatMap((app) => app.resources.filter(fits).map((resource) => ({ app, resource })));
}

function charts(site: Site, apps: readonly App[]): string | undefined {
  const rows = all(apps, ({ group, kind }) => group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease').map(
    ({ app, resource }) => {
      const { value } = resource;
      const chart = textAt(value, 'spec', 'chart', 'spec', 'chart') ?? textAt(value, 'spec', 'chartRef', 'name') ?? '';
      const version = chartVersionOf(resource, site.cluster);
      return [mark(nameOf(resource)), mark(chart), version ? mark(version) : '', appLink(site, app.kustomization)];
    },
  );
  return rows.length === 0 ? undefined : table(['Release', 'Chart', 'Version', 'App'], rows);
}

function stores(site: Site, apps: readonly App[]): string | undefined {
  const items = all(apps, ({ group, kind }) => group === externalSecretsGroup && /SecretStore$/.test(kind)).map(
    ({ resource }) => {
      const said = descriptionOf(resource);
      return `${escapeMarkdown(resource.kind)} ${mark(nameOf(resource))}${providerText(resource)}${said === undefined ? '' : `. ${sentence(said)}`}\n- ${objectLink(site, resource)}`;
    },
  );
  return items.length === 0 ? undefined : list(items);
}

function databases(site: Site, apps: readonly App[]): string | undefined {
  const cell = (value: unknown) => (plain(value) === undefined ? '' : mark(String(value)));
  const rows = all(apps, isCluster).map(({ app, resource }) => [
    mark(nameOf(resource)),
    cell(at(resource.value, 'spec', 'instances') ?? 1),
    cell(at(resource.value, 'spec', 'storage', 'size')),
    cell(at(resource.value, 'spec', 'imageName')),
    appLink(site, app.kustomization),
  ]);
  return rows.length === 0 ? undefined : table(['Database', 'Instances', 'Volume', 'Image', 'App'], rows);
}

function elsewhere({ cluster }: Site): string | undefined {
  const items = cluster.kustomizations.flatMap((kustomization) => {
    const { contents } = kustomization;
    if (contents.type === 'built') return [];
    const why = contents.type === 'missing' ? `its path ${mark(contents.folder)} is not there` : withCode(contents.why);
    return [`${mark(nameOf(kustomization))}: ${why}`];
  });
  return items.length === 0 ? undefined : list(items);
}

/** Kustomizations that would apply what nobody can read, or nothing. */
function empty({ cluster }: Site): string | undefined {
  const items = cluster.kustomizations.flatMap((kustomization) =>
    appliesNothing(kustomization)
      ? [`${mark(nameOf(kustomization))}: ${mark(kustomization.contents.folder)} holds no object that can be read`]
      : [],
  );
  return items.length === 0 ? undefined : `${list(items)}\n\n\`espalier check\` says why.`;
}
