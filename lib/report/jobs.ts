import { jsonText } from '../graph/masking/printable';
import { count } from '../text/count';
import { emitYaml } from '../tree/yaml/emit';
import { columnsOf } from './columns';

/** What one job of a CI judges. */
export interface Job {
  /** The name of the cluster, for `--cluster`. */
  readonly cluster: string;
  /** What the job reads: the cluster's own folder, where that is all of it, else that of the tree. */
  readonly path: string;
  readonly kustomizations: number;
  readonly resources: number;
}

/** The shape of `--format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface ClustersReport {
  readonly version: 1;
  readonly clusters: readonly Job[];
}

export type JobFormatName = 'text' | 'json' | 'github-matrix' | 'gitlab';

/** The clusters of a tree as jobs. */
export const jobFormats: Readonly<Record<JobFormatName, (jobs: readonly Job[]) => string>> = {
  text,
  json: (clusters) => jsonText({ version: 1, clusters } satisfies ClustersReport),
  'github-matrix': (jobs) => JSON.stringify({ include: jobs.map(({ cluster, path }) => ({ cluster, path })) }),
  gitlab,
};

/** A line for each: name, folder, how much there is. */
function text(jobs: readonly Job[]): string {
  const rows = jobs.map(({ cluster, path, kustomizations, resources }) => [
    cluster,
    path,
    `${count(kustomizations, 'Kustomization')}, ${count(resources, 'resource')}`,
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))));
  const padded = (cell: string, column: number) =>
    cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell)));
  return rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n');
}

/** What a job runs and what becomes of its report: `.espalier` and `report` may be defined otherwise by a file that is included after it. */
const pipeline = {
  stages: ['clusters', 'report'],
  '.espalier': {
    stage: 'clusters',
    image: 'node:24',
    before_script: ['npm ci'],
    script: [
      'npx --no-install espalier check "$ESPALIER_PATH" --cluster "$ESPALIER_CLUSTER" --format json --fail-on never > "espalier-$ESPALIER_CLUSTER.json"',
    ],
    artifacts: { when: 'always', paths: ['espalier-*.json'] },
  },
  report: {
    stage: 'report',
    image: 'node:24',
    before_script: ['npm ci'],
    script: ['npx --no-install espalier report merge espalier-*.json'],
  },
};

/** A child pipeline (https://docs.gitlab.com/ci/pipelines/downstream_pipelines/) with a job for each. */
function gitlab(jobs: readonly Job[]): string {
  // GitLab fills in variables in the values of variables: $$ is a $.
  const value = (text: string) => text.replaceAll('$', '$$$$');
  const each = jobs.map(({ cluster, path }) => [
    `cluster ${cluster}`,
    { extends: '.espalier', variables: { ESPALIER_CLUSTER: value(cluster), ESPALIER_PATH: value(path) } },
  ]);
  return emitYaml({ ...pipeline, ...Object.fromEntries(each) });
}
