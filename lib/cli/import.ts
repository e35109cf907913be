import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { EspalierError } from '../errors';
import { outcomeJson } from '../report/outcomes';
import type { Command, Invocation } from './command';
import { importChart } from './import/chart';
import { importDefinitions } from './import/definitions';
import type { Imported } from './import/imported';
import { chartPrefix, treePrefix } from './import/sources';
import { print } from './terminal';

const help = `espalier import [SOURCE] [NAME]: writes typed constructs of kinds, or the types of a chart's values.

Usage: espalier import [SOURCE] [NAME] [options]

CustomResourceDefinitions become classes in imports/GROUP.ts, which need cdk8s and constructs alone, and the types of their
Manifests in imports/kinds.ts; their schemas, with which check knows them, go to .espalier/schemas/. What they are from is
written into imports of cdk8s.yaml; without SOURCE all that stands there is made anew.

  SOURCE           of definitions: a file (.yaml, .json); a folder, such as . for the repository's own tree; a URL
                   (https://….yaml); - for the standard input (kubectl get crd -o yaml | espalier import -); cluster:CONTEXT
                   of a chart: oci://HOST/PATH; a repository (https://…) and the chart's NAME in it; its folder; its archive
                   (.tgz)
  --crds           of a chart its definitions (crds/ and what its templates make; these take helm), not its values; of a URL
                   with any ending that it has definitions
  --charts         of a folder that is a Flux tree: the definitions of its charts as well, which the helm on the PATH renders
  --offline        with --charts: only from the cache, in the versions of espalier.charts.lock
  --check          only compare: what is stale in what the record, or SOURCE, makes
  --version V      of a chart: a version, or a range of which the newest counts (default: the newest); of a registry or
                   repository
  --location URL   where releases get a chart that is an archive here, or a folder that Flux does not fetch: oci://HOST/PATH,
                   or https://… and NAME
  --output DIR     the folder to write to (default: imports, of a chart's values imports/charts)
  --format FORMAT  text or json (default: text)
  --trace          print the stack trace of an error

Types of values come from the chart's values.schema.json and, where that says nothing, from its values.yaml, the comments in
it and what the templates read; those of subcharts stand below their names. Commit the files: the same source makes the same
ones. The network is used only for oci://, https:// and cluster:; hosts on private addresses only if the configuration allows
them (charts.hosts).

Exit codes: 0 written, or nothing to change; 1 stale (--check); 2 a source cannot be read, or a file is not espalier's.

Example: espalier import https://github.com/cert-manager/cert-manager/releases/download/v1.19.1/cert-manager.crds.yaml`;

export const importCommand: Command = {
  help,
  positionals: 2,
  options: {
    crds: { type: 'boolean' },
    charts: { type: 'boolean' },
    offline: { type: 'boolean' },
    check: { type: 'boolean' },
    version: { type: 'string' },
    location: { type: 'string' },
    output: { type: 'string' },
    format: { type: 'string', choices: ['text', 'json'] },
  },
  async run({ positionals, values }) {
    const isJson = values.format === 'json';
    const { code, ...told } = await imported({ positionals, values }, isJson ? () => {} : print);
    if (isJson) print(outcomeJson({ version: 1, ...told }));
    return code;
  },
};

async function imported(
  { positionals: [source, name], values }: Invocation,
  say: (text: string) => void,
): Promise<Imported> {
  const { crds, charts, offline, check, version, location, output } = values;
  const chart = { version: version as string | undefined, location: location as string | undefined };
  const folder = output as string | undefined;
  if (source !== undefined && crds !== true && charts !== true && !holdsDefinitions(source, name)) {
    if (check === true)
      throw new EspalierError('--check is for definitions. Import the chart again, and see git diff.');
    return importChart(source, name, { ...chart, output: folder, say });
  }
  if (chart.location !== undefined) throw new EspalierError("--location is for a chart's values. Leave it out.");
  const tree = charts === true && source !== undefined ? `${treePrefix}${source}` : source;
  const given = tree === undefined ? undefined : { source: tree, name, version: chart.version };
  return importDefinitions(given, {
    offline: offline === true,
    output: relative('.', folder ?? 'imports') || '.',
    check: check === true,
    say,
  });
}

/** Whether a source is one of definitions by itself; charts are the others. */
function holdsDefinitions(source: string, name: string | undefined): boolean {
  if (
    source === '-' ||
    source.startsWith('cluster:') ||
    [chartPrefix, treePrefix].some((prefix) => source.startsWith(prefix))
  )
    return true;
  if (/^https?:\/\//i.test(source)) return name === undefined && /\.(?:ya?ml|json)(?:[?#].*)?$/i.test(source);
  const isFolder = statSync(source, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? !existsSync(join(source, 'Chart.yaml')) : /\.(?:ya?ml|json)$/.test(source);
}
