import { join, relative } from 'node:path';
import { EspalierError } from '../errors';
import { isPlain, type KeptFile, keptFiles } from '../graph/schema/kept';
import { packedSchemas } from '../graph/schema/read-schemas';
import { outcomeJson } from '../report/outcomes';
import { count } from '../text/count';
import { readSchemaSource } from '../tree/definitions/sources';
import { writeImports } from '../tree/imports';
import { keptSchemasFolder, schemaFile } from '../tree/kept-schemas';
import { slashes } from '../tree/source/seen-from';
import type { Command } from './command';
import { allowedHosts } from './config';
import { print } from './terminal';

const help = `espalier schemas add SOURCE...: keeps the schemas of further kinds in the repository, where check, diff and synth read them.

Usage: espalier schemas add SOURCE... [options]

  SOURCE       a file or folder of CustomResourceDefinitions (YAML or JSON), JSON Schemas ({group}/{kind}_{version}.json) or
               OpenAPI; a URL of one (https://); or cluster:CONTEXT, the definitions of a cluster that kubectl reads
               (cluster: alone takes its current context)
  --only NAME  keep only this kind (Certificate), or the kinds of this API group (cert-manager.io); may be repeated
  --format FORMAT
               text or json (default: text)
  --trace      print the stack trace of an error

They are written to .espalier/schemas/ of the Git repository (outside of one, of the working directory) without descriptions:
commit them. Of a kind they count before what comes with Espalier. The network is used only for a URL or a cluster; hosts on
private addresses only if the configuration allows them (charts.hosts).

Exit codes: 0 kept; 2 a source cannot be read, or has no schemas.

Example: espalier schemas add https://github.com/kedacore/keda/releases/download/v2.18.0/keda-2.18.0-crds.yaml`;

export const schemas: Command = {
  help,
  positionals: 1000,
  offers: [['add'], 'file'],
  options: { only: { type: 'string', multiple: true }, format: { type: 'string', choices: ['text', 'json'] } },
  async run({ positionals: [action, ...sources], values }) {
    if (action !== 'add' || sources.length === 0) {
      const wrong = action === undefined || action === 'add' ? 'name a source' : `there is no \`schemas ${action}\``;
      throw new EspalierError(`${wrong}: espalier schemas add FILE, FOLDER, URL or cluster:CONTEXT.`);
    }
    const only = values.only as string[] | undefined;
    const folder = keptSchemasFolder('.');
    const hosts = await allowedHosts();
    const found = new Map<string, KeptFile>();
    for (const source of sources) {
      for (const file of await filesOf(source, hosts)) if (isWanted(file, only)) found.set(file.path, file);
    }
    if (found.size === 0)
      throw new EspalierError(`--only ${only?.join(', ')}: the sources have no such kind or group.`);
    const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
    const files = sorted.map(([path, kept]) => ({ ...kept, ...schemaFile(folder, path, kept.content) }));
    const written = writeImports(files);
    if (values.format === 'json') {
      print(
        outcomeJson({
          version: 1,
          kinds: files.map((file) => ({
            group: file.group,
            kind: file.name,
            versions: file.versions,
            file: slashes(join(relative(process.cwd(), file.folder), file.path)),
            written: written.includes(file),
          })),
        }),
      );
      return 0;
    }
    for (const { folder: within, path, name, versions } of written) {
      print(`${relative(process.cwd(), within)}/${path}: ${name} ${versions.join(', ')}`);
    }
    const same = found.size - written.length;
    print(`${count(written.length, 'kind')} kept${same === 0 ? '' : `; ${same} kept already`}`);
    return 0;
  },
};

/** @throws EspalierError when a source has no schemas */
async function filesOf(source: string, hosts: readonly string[]): Promise<KeptFile[]> {
  const documents = await readSchemaSource(source, { hosts });
  const found = documents.flatMap(({ origin, value }) => keptFiles(origin, value)).filter(({ path }) => isPlain(path));
  const files = found.filter((file) => !isKubernetes(file));
  if (files.length > 0) return files;
  if (found.length > 0) {
    throw new EspalierError(
      `${source} has only kinds of Kubernetes itself, which come with Espalier. Choose the release of the cluster with --kubernetes.`,
    );
  }
  const what = documents.length === 0 ? 'no documents' : `${count(documents.length, 'document')}, none of which is one`;
  const shown = documents[0]?.origin ?? source.replace(/[?#].*$/, '');
  throw new EspalierError(
    `${shown} has no schemas: ${what}. It should have CustomResourceDefinitions, JSON Schemas named {group}/{kind}_{version}.json, or OpenAPI.`,
  );
}

/** Kinds that are in Kubernetes' OpenAPI; no definition says their scope. */
function isKubernetes({ group, name }: KeptFile): boolean {
  const known = packedSchemas().find(group, name.toLowerCase());
  return known !== undefined && known.catalog === undefined && known.scope === undefined;
}

function isWanted({ group, name }: KeptFile, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((one) => [group, name.toLowerCase()].includes(one.toLowerCase()));
}
