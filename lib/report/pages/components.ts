import { descriptionOf } from '../../graph/description';
import type { Resource } from '../../graph/resource';
import { kustomizationNames } from '../../systems/flux/kustomization-names';
import { compareText } from '../../text/compare';
import { withCode } from '../markdown-text';
import { list, mark, paragraphs, sentence } from './markdown';
import { fileLink, named, objectLink, type Page, type Section } from './page';
import { roleOf } from './roles';
import { secretsOf } from './secrets';

/** What the app consists of, each with what it does and the file that it is written in. */
export const components: Section = {
  heading: 'Components and manifests',
  body(page) {
    const { kustomization, resources, namespace } = page.app;
    const { contents } = kustomization;
    const folder = contents.type === 'built' ? kustomizationFile(page, contents.folder) : undefined;
    const why = contents.type === 'elsewhere' ? `: ${withCode(contents.why)}` : '';
    const makers = secretsOf(page).map(({ resource }) => resource);
    const written = resources.filter(({ chart }) => chart === undefined);
    const own = written.sort(
      (a, b) =>
        rank(a) - rank(b) ||
        compareText(a.kind, b.kind) ||
        makers.indexOf(a) - makers.indexOf(b) ||
        compareText(a.name, b.name),
    );
    const others = makers.filter((resource) => !resources.includes(resource));
    return paragraphs(
      list([
        `Flux Kustomization ${mark(kustomization.name)} says what Flux applies, and after what${why}\n- ${objectLink(page, kustomization.resource)}`,
        ...(folder === undefined ? [] : [`Its kustomization lists what belongs to it\n- ${folder}`]),
        ...own.map((resource) => item(page, resource, namespace)),
      ]),
      others.length === 0
        ? undefined
        : `Applied by others, and read here:\n\n${list(others.map((resource) => item(page, resource, namespace)))}`,
    );
  },
};

function item(page: Page, resource: Resource, namespace: string): string {
  const role = roleOf(page, resource);
  const description = descriptionOf(resource);
  const said = description === undefined ? '' : `${role === undefined ? ':' : '.'} ${sentence(description)}`;
  return `${named(resource, namespace)}${role === undefined ? '' : ` ${role}`}${said}\n- ${objectLink(page, resource)}`;
}

/** The kustomization.yaml of the folder that is applied; undefined where Flux takes the folder as it is. */
function kustomizationFile(page: Page, folder: string): string | undefined {
  const entry = page.graph.tree
    .list(folder)
    ?.find(({ name, type }) => type === 'file' && kustomizationNames.includes(name));
  return entry === undefined ? undefined : fileLink(page, folder === '' ? entry.name : `${folder}/${entry.name}`);
}

/** What readers look for first: where secrets come from, the database, what runs, how it is reached, and the rest. */
const order: readonly RegExp[] = [
  /^external-secrets\.io\/(?:Cluster)?SecretStore$/,
  /^external-secrets\.io\/(?:Cluster)?ExternalSecret$/,
  /^generators\.external-secrets\.io\//,
  /^external-secrets\.io\//,
  /^postgresql\.cnpg\.io\/Cluster$/,
  /cnpg\.io\//,
  /^helm\.toolkit\.fluxcd\.io\//,
  /\.toolkit\.fluxcd\.io\//,
  /^(?:apps|batch)\/|^\/Pod$/,
  /^\/Service$/,
  /^gateway\.networking\.k8s\.io\/|^networking\.k8s\.io\/Ingress$/,
  /^\/(?:ConfigMap|Secret)$/,
];

function rank({ group, kind }: Resource): number {
  const at = order.findIndex((pattern) => pattern.test(`${group}/${kind}`));
  return at < 0 ? order.length : at;
}
