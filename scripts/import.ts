import { parseArgs } from 'node:util';
import { EspalierError, isEspalierError } from '../lib/errors';
import { readConfig } from './import/config';
import { generateImports, generateSchemas } from './import/generate';
import { downloadBuiltins, downloadSources, readBuiltins, readSources } from './import/sources';

const usage = `npm run import -- [--from DIR] [--schemas DIR] [--config FILE]
  --from DIR     take the CustomResourceDefinitions from this folder's YAML files
                 (default: download the URLs that FILE lists under upstream)
  --schemas DIR  take the JSON Schemas of Kubernetes' own kinds from this folder (default: download them from the
                 catalog that FILE names, or leave them as they are where --from is given)
  --config FILE  the kinds and the URLs; imports/ lies beside it (default: cdk8s.yaml)`;

async function main(): Promise<void> {
  const { from, schemas, config: file, help } = options();
  if (help) return console.log(usage);
  const config = readConfig(file);
  const sources = from === undefined ? await downloadSources(config.upstream) : readSources(from);
  const builtins =
    schemas !== undefined
      ? readBuiltins(schemas, config.builtins)
      : from === undefined
        ? await downloadBuiltins(config.catalog, config.builtins)
        : undefined;
  const imports = generateImports(config, sources);
  const checked = generateSchemas(config, sources, builtins);
  const written = [...imports.written, ...checked.written];
  const removed = [...imports.removed, ...checked.removed];
  const lines = [...written, ...removed.map((path) => `${path} (removed)`)].map((path) => `\n  ${path}`);
  console.log(
    `${config.kinds.length} kinds: ${written.length} files written, ${removed.length} removed in imports/${lines.join('')}`,
  );
}

function options() {
  try {
    return parseArgs({
      options: {
        from: { type: 'string' },
        schemas: { type: 'string' },
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
