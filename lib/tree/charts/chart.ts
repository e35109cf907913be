import type { Json, JsonObject, Path } from '../../json/json';

/** Where a chart is to be had, as the objects of a tree say. Plain data: what fetches it is not known here. */
export type ChartSource =
  /** An artifact of a registry: a chartRef to an OCIRepository, or a HelmRepository of type oci (its address, `/` and the chart). */
  | {
      readonly type: 'oci';
      /** `oci://host/path`, without tag and digest. */
      readonly url: string;
      /** A tag, exactly. */
      readonly tag?: string;
      /** A range of versions, as Flux reads it; the newest tag in it counts. */
      readonly semver?: string;
      /** The tags that the range chooses from: a regular expression of Go. */
      readonly semverFilter?: string;
      /** `sha256:…` of the manifest: it counts before tag and semver. */
      readonly digest?: string;
      /** The media type of the layer that is the chart (spec.layerSelector); Helm's own, else the first. */
      readonly layer?: string;
      /** Whether the registry speaks plain HTTP (spec.insecure); asked only if the configuration allows its host. */
      readonly insecure?: boolean;
    }
  /** A chart of a HelmRepository: `index.yaml` below the address. */
  | {
      readonly type: 'repository';
      readonly url: string;
      readonly name: string;
      /** A version, or a range of them; the newest in it counts. */
      readonly version: string;
    }
  /** A folder of the tree, of a GitRepository that is the tree's own; `folder` is below the tree's root. */
  | { readonly type: 'folder'; readonly folder: string }
  /** A folder of another repository, https only. */
  | {
      readonly type: 'git';
      readonly url: string;
      readonly folder: string;
      readonly branch?: string;
      readonly tag?: string;
      readonly semver?: string;
      readonly commit?: string;
    };

/** A chart that is there: its archive and what it says of itself. */
export interface Chart {
  readonly name: string;
  readonly version: string;
  /** `sha256:…` of what was fetched; of a folder, of its files. */
  readonly digest: string;
  /** Chart.yaml. */
  readonly metadata: JsonObject;
  /** The archive, unpacked: text of each file by its path below the chart, subcharts below `charts/NAME/`. */
  readonly files: ReadonlyMap<string, string>;
  /** The archive (.tgz) on this machine, for the engine. */
  readonly archive: string;
  /**
   * Plain data that follows from the chart and from what the key says, kept from one run to the next.
   *
   * @default - it is made anew in each
   */
  readonly keep?: <T>(key: string, make: () => T) => T;
}

/** What a chart is rendered with. */
export interface RenderInput {
  readonly release: { readonly name: string; readonly namespace: string };
  /** The values of the release as helm-controller merges them; what is not known in them is a symbol (lib/text/symbolic.ts). */
  readonly values: JsonObject;
  /** Files of the chart whose values are taken instead of those of its values.yaml (HelmChart's valuesFiles), in their order. */
  readonly valuesFiles: readonly string[];
  /** @default false */
  readonly ignoreMissingValuesFiles?: boolean;
  /**
   * The HelmRelease, which helm-controller writes into labels.
   *
   * @default - no such labels
   */
  readonly origin?: { readonly name: string; readonly namespace: string };
  /** `spec.postRenderers`, `spec.postRenderStrategy` and `spec.commonMetadata`, as they are written. */
  readonly postRenderers?: Json;
  readonly postRenderStrategy?: Json;
  readonly commonMetadata?: Json;
  /**
   * Values that come from Secrets: no message repeats them.
   *
   * @default none
   */
  readonly secret?: readonly string[];
  /**
   * Whether objects carry the label and the annotations by which Helm knows its own.
   *
   * @default true
   */
  readonly ownedByHelm?: boolean;
  /** Whether the objects of `crds/` count. */
  readonly crds: boolean;
  /** Whether hooks run. */
  readonly hooks: boolean;
  /** The release of Kubernetes, such as `1.36.0`. */
  readonly kubeVersion: string;
  /** `.Capabilities.APIVersions` besides Kubernetes' own: `group/version` and `group/version/Kind`, sorted. */
  readonly apiVersions: readonly string[];
  /**
   * Whether the values are held against values.schema.json.
   *
   * @default false
   */
  readonly schema?: boolean;
}

/** An object that a chart makes. What is random or not known in it is a symbol. */
export interface RenderedObject {
  readonly value: JsonObject;
  /** The file that it is from: `templates/deployment.yaml`, `charts/redis/templates/service.yaml`, `crds/all.yaml`. */
  readonly template: string;
  /** The hooks that it is of (`helm.sh/hook`): `pre-install` …; none of what is no hook. */
  readonly hooks: readonly string[];
}

export type Rendering =
  | {
      readonly type: 'rendered';
      readonly objects: readonly RenderedObject[];
      /** Whether the chart asks the cluster (`lookup`), which answers nothing here. */
      readonly looksUp: boolean;
      /** Whether there may be objects besides: which there are depends on what is random or not known. */
      readonly incomplete: boolean;
      /**
       * All that they depend on: of the same key they are the same.
       *
       * @default - nobody says
       */
      readonly key?: string;
    }
  /**
   * The release cannot be installed with these values: Helm's own words, without secret values.
   * `template` is where in the chart, `path` where in the HelmRelease, from its top: `spec`, `postRenderers`, 0.
   */
  | {
      readonly type: 'failed';
      readonly message: string;
      readonly template?: string;
      readonly line?: number;
      readonly path?: Path;
    };

/** Why a release stays closed: a clause, and what opens it. */
export interface Closed {
  readonly type: 'closed';
  /** "the chart could not be fetched: 404 of oci://…". */
  readonly why: string;
  /** A whole sentence. */
  readonly fix?: string;
}

/** What gets charts and renders them. Never rejects for what a tree or a server says: it is closed, or fails. */
export interface Charts {
  /** The same chart for the same source, asked once. */
  open(source: ChartSource): Promise<Chart | Closed>;
  render(chart: Chart, input: RenderInput): Promise<Rendering | Closed>;
}
