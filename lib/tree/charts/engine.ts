import type { Closed } from './chart';

/** What runs the templates of a chart. There is one, the command `helm`; another (Helm compiled to WebAssembly, say) is one more of these. */
export interface Engine {
  /** Its name and version: what another made is not taken for what this one makes. */
  readonly id: string;
  template(request: TemplateRequest): Promise<Templated | Closed>;
}

export interface TemplateRequest {
  /** The chart's archive (.tgz) on this machine. */
  readonly archive: string;
  readonly release: { readonly name: string; readonly namespace: string };
  /** As JSON. */
  readonly values: string;
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  /** Whether the values are held against values.schema.json. */
  readonly schema: boolean;
}

/** What came of it: manifests, with hooks, tests and definitions, a comment `# Source: CHART/FILE` before each; or why there are none, in Helm's own words. */
export type Templated =
  | { readonly type: 'output'; readonly text: string }
  | { readonly type: 'failed'; readonly message: string };

/** The least that is needed of Kubernetes' resources for any chart that people use, many times over. */
export const engineLimits = {
  /** Milliseconds. */
  time: 60_000,
  /** Bytes that it prints. */
  output: 32 * 1024 ** 2,
  /** Bytes of memory. Go's runtime reserves 1.3 GB of addresses before it begins (measured with Helm 3.22 and 4.3 on Linux). */
  addresses: 4 * 1024 ** 3,
  /** Bytes in use from which on the runtime would rather collect than grow. */
  memory: 1024 ** 3,
  /** Seconds of a processor: should nobody be there any more to end it. */
  processor: 240,
};
