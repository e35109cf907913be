import type { Finding, Result } from '../../../checks/finding';
import type { Cluster } from '../../../graph/cluster';
import { clusterNames } from '../../../graph/cluster-name';
import type { Graph } from '../../../graph/graph';
import { describe, identityKey } from '../../../graph/identity';
import { type Hide, hider, redact } from '../../../graph/masking';
import { inline, jsonText } from '../../../graph/masking/printable';
import type { Resource } from '../../../graph/resource';
import { shownPath } from '../../../graph/shown-path';
import { display } from '../../../graph/substitution';
import type { NodeKind, PictureName, PictureNode } from '../../../pictures/picture';
import { groupBy } from '../../../text/group-by';
import { emitYaml } from '../../../tree/yaml/emit';
import { titleOf } from '../layout/card';
import type { Drawing } from '../layout/drawing';
import { kindNames, signs } from '../palette';
import { pathOf } from '../svg';
import type { PageData, PageFinding, PageNode, PageObject, PagePicture } from './data';

/** What the page is made of. */
export interface PageInput {
  readonly graph: Graph;
  readonly cluster: Cluster;
  readonly drawings: readonly Drawing[];
  readonly result: Result;
}

const tabs: Readonly<Record<PictureName, string>> = { secrets: 'Secret flow', order: 'Flux order' };

export function pageData({ graph, cluster, drawings, result }: PageInput): PageData {
  const objects = new Objects(graph, cluster, result);
  const pictures = drawings.map((drawing) => pagePicture(drawing, objects));
  const kinds = Object.fromEntries(
    Object.entries(kindNames).map(([kind, name]) => [kind, { name, sign: signs[kind as NodeKind] }]),
  ) as PageData['kinds'];
  return { title: inline(clusterNames(graph).get(cluster) ?? cluster.name), pictures, objects: objects.all, kinds };
}

function pagePicture(drawing: Drawing, objects: Objects): PagePicture {
  const { picture, width, height, nodes, edges, frames, blocks } = drawing;
  const index = new Map(picture.nodes.map(({ id }, i) => [id, i]));
  const groups = new Map(picture.groups.map(({ id, label }) => [id, label]));
  return {
    name: picture.name,
    tab: tabs[picture.name],
    title: inline(picture.title),
    width,
    height,
    nodes: picture.nodes.map((node) => pageNode(node, groups, objects)),
    edges: picture.edges.map(({ from, to, label, implied }) => {
      return [index.get(from) ?? -1, index.get(to) ?? -1, inline(label), implied];
    }),
    drawnNodes: nodes,
    drawnEdges: edges.map(({ curve, end, ...edge }) => ({ ...edge, path: pathOf({ curve, end }) })),
    frames,
    blocks,
  };
}

function pageNode(node: PictureNode, groups: ReadonlyMap<string, string>, objects: Objects): PageNode {
  const { kind, label, namespace, state, outside, details, keys, app, object, group } = node;
  return {
    kind,
    label: inline(label),
    ...titleOf(node, groups.get(group ?? '')),
    namespace: inline(display(namespace)),
    state,
    outside,
    details: details.map(inline),
    keys: (keys?.known ?? []).map(inline),
    openKeys: keys?.open ?? false,
    app: inline(app ?? ''),
    object: object === undefined ? -1 : objects.indexOf(object),
  };
}

/** The objects that nodes are, each once. */
class Objects {
  readonly all: PageObject[] = [];
  private readonly index = new Map<string, number>();
  private readonly findings: ReadonlyMap<string | undefined, readonly Finding[]>;
  private readonly hide: Hide;

  constructor(
    private readonly graph: Graph,
    private readonly cluster: Cluster,
    { findings }: Result,
  ) {
    const here = findings.filter(({ clusters }) => clusters.length === 0 || clusters.includes(cluster.name));
    this.findings = groupBy(here, ({ object }) => object);
    this.hide = hider([graph]);
  }

  indexOf(object: NonNullable<PictureNode['object']>): number {
    const key = identityKey(object);
    const known = this.index.get(key);
    if (known !== undefined) return known;
    const [resource] = this.cluster.find(object);
    if (resource === undefined) return -1;
    this.index.set(key, this.all.length);
    this.all.push(this.pageObject(resource));
    return this.all.length - 1;
  }

  private pageObject(resource: Resource): PageObject {
    const title = display(describe(resource));
    return {
      title: inline(title),
      file: inline(shownPath(this.graph.tree, resource.document.file.path)),
      yaml: this.hide(yamlOf(resource)),
      findings: (this.findings.get(title) ?? []).map(pageFinding),
    };
  }
}

function pageFinding({ severity, rule, message, remedy, file, line }: Finding): PageFinding {
  return { severity, rule, message: inline(message), remedy: inline(remedy), place: `${inline(file)}:${line}` };
}

function yamlOf(resource: Resource): string {
  const value = redact(resource);
  try {
    return emitYaml(value);
  } catch {
    // Characters that no reader of YAML gives back.
    return jsonText(value);
  }
}
