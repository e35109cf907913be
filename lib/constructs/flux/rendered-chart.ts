import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { EspalierError } from '../../errors';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import { installsCrds, releaseOf } from '../../systems/flux/helm-release';
import { tagOf } from '../../systems/helm/versions';
import type { ChartSource, RenderInput } from '../../tree/charts';
import type { RenderedChart } from '../../tree/charts/blocking';
import { where } from '../input-error';
import { chartHosts } from '../synthesis';
import { Directory, File } from './directory';
import type { ChartLocation } from './helm-chart';
import { refuseUncertain, refuseUnrenderable, withoutHooks, withoutSecrets } from './rendered-faults';
import { literal } from './substitution';

/** How the objects of a chart come into the tree. */
export interface RenderedSettings {
  /**
   * What becomes of hooks, which nothing runs here: a release with one is refused, or they are left out. Tests always are.
   * @default 'refuse'
   */
  readonly hooks?: 'refuse' | 'drop';
  /**
   * What becomes of Secrets that hold something, which everybody would read who reads the tree: a release with one is refused; they are
   * left out, for an ExternalSecret of the same name to make; or they are kept, since nothing in them is secret.
   * @default 'refuse'
   */
  readonly secrets?: 'refuse' | 'drop' | 'keep';
  /** The release of Kubernetes that the chart is told of, such as `1.34`. @default the newest that Espalier knows */
  readonly kubernetes?: string;
  /** Kinds that the chart is told of, besides those of Kubernetes: `monitoring.coreos.com/v1`, or with `/ServiceMonitor`. @default none */
  readonly apiVersions?: readonly string[];
}

/** What is rendered. */
export interface ChartToRender {
  readonly chart: ChartLocation;
  readonly version: string;
  /** What the chart must be, if that is known. */
  readonly digest: string | undefined;
  readonly name: string;
  /** spec of the HelmRelease that it would be. */
  readonly spec: JsonObject;
  readonly settings: RenderedSettings;
}

/**
 * Puts the objects that a chart makes into a folder named after the release, a file each.
 *
 * @throws EspalierError where the chart cannot be opened or rendered, and for what must not stand in a tree
 */
export function addRendered(release: Construct & { readonly namespace: string }, wanted: ChartToRender): ApiObject[] {
  refuseUnrenderable(release, wanted.spec);
  const input = renderInput(release.namespace, wanted);
  const { name, version, digest, rendering } = render(release, wanted, input);
  if (rendering.type === 'failed') {
    const at = rendering.template === undefined ? '' : ` (${rendering.template})`;
    throw new EspalierError(
      `${where(release)}: chart ${name} ${version} does not render with these values${at}: ${rendering.message}`,
    );
  }
  const { hooks, secrets } = wanted.settings;
  const objects = withoutSecrets(release, withoutHooks(release, rendering.objects, hooks), secrets);
  refuseUncertain(release, objects, rendering.incomplete);
  const directory = new Directory(release, release.node.id);
  directory.origin = [
    `Chart ${name} ${version} (${digest})`,
    `rendered for Kubernetes ${input.kubeVersion} with values of ${hashOf(input.values)}`,
    ...(rendering.looksUp ? ['which looks into the cluster (lookup) and finds nothing there'] : []),
  ].join(', ');
  const taken = new Set<string>();
  return objects.map(({ value, template }) => {
    const file = new File(directory, freeName(value, taken));
    file.belongsTo(release);
    file.origin = `Chart ${name} ${version}, ${template}`;
    return new ApiObject(file, 'Resource', asInTree(file, value, template) as { apiVersion: string; kind: string });
  });
}

/** Loaded here: most apps render nothing. */
function render(release: Construct, { chart, version, digest }: ChartToRender, input: RenderInput): RenderedChart {
  const { renderBlocking } = require('../../tree/charts/blocking') as typeof import('../../tree/charts/blocking');
  const expected = digest !== undefined && !('folder' in chart) ? { digest } : {};
  const request = { source: sourceOf(chart, version), input, ...expected, hosts: chartHosts() };
  const answer = renderBlocking(request, release.node.root);
  if (answer.type === 'chart') return answer;
  throw new EspalierError([`${where(release)}: it is not rendered: ${answer.why}.`, answer.fix].join(' ').trim());
}

function sourceOf(chart: ChartLocation, version: string): ChartSource {
  if ('folder' in chart) return { type: 'folder', folder: chart.folder };
  if ('oci' in chart) return { type: 'oci', url: chart.oci, tag: tagOf(version) };
  return { type: 'repository', url: chart.repository, name: chart.name, version };
}

/** Loaded when a chart is rendered: whoever composes without one does not wait for it. */
function newestKubernetes(): string {
  const { packedSchemas } =
    require('../../graph/schema/read-schemas') as typeof import('../../graph/schema/read-schemas');
  return `1.${packedSchemas().releases[1]}`;
}

/** What helm-controller would render it with. */
function renderInput(namespace: string, { name, spec, settings }: ChartToRender): RenderInput {
  const { kubernetes = newestKubernetes(), apiVersions = [] } = settings;
  const object = { name, namespace, value: { spec } };
  const release = releaseOf(object);
  return {
    release: { name: release.name, namespace: release.target },
    values: objectAt(spec, 'values') ?? {},
    valuesFiles: listAt(spec, 'chart', 'spec', 'valuesFiles').map(String),
    ...(spec.postRenderers !== undefined && { postRenderers: spec.postRenderers }),
    ...(spec.commonMetadata !== undefined && { commonMetadata: spec.commonMetadata }),
    ownedByHelm: false,
    crds: installsCrds(object),
    hooks: true,
    kubeVersion: /^\d+\.\d+$/.test(kubernetes) ? `${kubernetes}.0` : kubernetes,
    apiVersions: [...apiVersions].sort(),
  };
}

function hashOf(values: Json): string {
  const { sha256 } = require('../../tree/charts/pack') as typeof import('../../tree/charts/pack');
  return sha256(JSON.stringify(values));
}

const keeps = 'helm.sh/resource-policy';

/**
 * An object as Flux shall apply it: its texts as they are, and kept where Helm would keep it.
 * (helm.sh/helm/v4, pkg/action: definitions of `crds/` and what says `helm.sh/resource-policy: keep` survive the release)
 */
function asInTree(file: File, value: JsonObject, template: string): JsonObject {
  const {
    'meta.helm.sh/release-name': _,
    'meta.helm.sh/release-namespace': __,
    ...own
  } = objectAt(value, 'metadata', 'annotations') ?? {};
  const isKept = own[keeps] === 'keep' || /(?:^|\/)crds\//.test(template);
  if (!isKept) return literals(file, value) as JsonObject;
  const annotations = { ...own, 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
  return literals(file, { ...value, metadata: { ...objectAt(value, 'metadata'), annotations } }) as JsonObject;
}

function literals(file: File, value: Json): Json {
  if (typeof value === 'string') return literal(file, value);
  if (Array.isArray(value)) return value.map((item) => literals(file, item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literals(file, item)]));
}

/** `deployment-podinfo.yaml`. */
function freeName(value: JsonObject, taken: Set<string>): string {
  const parts = [textAt(value, 'kind') ?? '', textAt(value, 'metadata', 'name') ?? ''];
  const plain = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .slice(0, 180);
  const namespace = textAt(value, 'metadata', 'namespace') ?? '';
  let name = `${plain}.yaml`;
  for (let i = 1; taken.has(name); i += 1) name = `${plain}-${i === 1 ? namespace : i}.yaml`;
  taken.add(name);
  return name;
}
