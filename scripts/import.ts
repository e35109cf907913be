import { parseArgs } from 'node:util';
import { EspalierError, isEspalierError } from '../lib/errors';
import { readConfig } from './import/config';
import { generateImports } from './import/generate';
import { downloadSources, readSources } from './import/sources';

const usage = `npm run import -- [--from DIR] [--config FILE]
  --from DIR     take the CustomResourceDefinitions from this folder's YAML files
                 (default: download the URLs that FILE lists under upstream)
  --config FILE  the kinds and the URLs; imports/ lies beside it (default: cdk8s.yaml)`;

async function main(): Promise<void> {
  const { from, config: file, help } = options();
  if (help) return console.log(usage);
  const config = readConfig(file);
  const sources = from === undefined ? await downloadSources(config.upstream) : readSources(from);
  const { written, removed } = generateImports(config, sources);
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
