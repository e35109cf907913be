import { parseArgs } from 'node:util';
import { EspalierError, isEspalierError } from '../lib/errors';
import { type ImportConfig, readConfig } from './import/config';
import { generateImports, generateSchemas } from './import/generate';
import {
  allDefinitions,
  downloadOpenApis,
  downloadSources,
  readSchemaSources,
  readSources,
  type Source,
} from './import/sources';
import { generateSpecs } from './import/specs';

const usage = `npm run import -- [--from DIR] [--schemas DIR]... [--config FILE]
  --from DIR     take the CustomResourceDefinitions from this folder's YAML files
                 (default: download the URLs that FILE lists under upstream, checked and kubernetes)
  --schemas DIR  make imports/schemas.br as well, of those definitions and of this folder and the folders in it:
                 CustomResourceDefinitions (*.yaml), the OpenAPI of Kubernetes' releases (v1.36.json) and a catalog of JSON
                 Schemas ({group}/{kind}_{version}.json); may be repeated, the first that defines a kind counts
  --config FILE  the kinds and the URLs; imports/ lies beside it (default: cdk8s.yaml)`;

async function main(): Promise<void> {
  const { from, schemas, config: file, help } = options();
  if (help) return console.log(usage);
  const config = readConfig(file);
  const sources = from === undefined ? await downloadSources(config.upstream) : readSources(from);
  const { written, removed } = generateImports(config, sources);
  console.log(`${config.kinds.length} kinds: ${written.length} files written, ${removed.length} removed in imports/`);
  print([...written, ...removed.map((path) => `${path} (removed)`)]);
  if (schemas !== undefined) await importSchemas(config, sources, from, schemas);
  if (generateSpecs(config)) console.log('imports/kinds/specs.ts: written anew');
}

async function importSchemas(
  config: ImportConfig,
  sources: readonly Source[],
  from: string | undefined,
  schemas: readonly string[],
): Promise<void> {
  const given = readSchemaSources(schemas);
  const checked = from === undefined ? await downloadSources(config.checked) : [];
  const differ = generateSchemas(config, {
    definitions: [...given.definitions, ...[...checked, ...sources].flatMap(allDefinitions)],
    openApis: from === undefined ? await downloadOpenApis(config.kubernetes) : given.openApis,
    catalog: given.catalog,
  });
  console.log(`imports/schemas.br: ${differ.length} kinds differ`);
  print(differ);
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(`  ${line}`);
}

function options() {
  try {
    return parseArgs({
      options: {
        from: { type: 'string' },
        schemas: { type: 'string', multiple: true },
        config: { type: 'string', default: 'cdk8s.yaml' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new EspalierError(`${(error as Error).message}\n${usage}`);
  }
}

main().catch((error: unknown) => {
  if (!isEspalierError(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
});
