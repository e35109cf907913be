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

/**
 * What came of it: manifests, with hooks, tests and definitions, a comment `# Source: CHART/FILE` before each; or why there are none, in
 * Helm's own words.
 */
export type Templated =
  | { readonly type: 'output'; readonly text: string }
  | { readonly type: 'failed'; readonly message: string };
