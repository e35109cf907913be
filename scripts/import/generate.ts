import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { EspalierError } from '../../lib/errors';
import { readPack } from '../../lib/graph/schema/pack';
import type { ImportConfig, WantedKind } from './config';
import { differences, pack } from './pack';
import { printFacts } from './print';
import { facts, reduce } from './reduce';
import { kindsOf } from './schemas';
import { type Definition, findDefinitions, type SchemaSources, type Source } from './sources';
import { typesIn } from './types';
import { leaveOutAtOnce } from './undefined-fields';

/** What changed under imports/, as paths relative to it. */
export interface Changes {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/** Makes imports/crds/ and, from it, imports/*.ts; nothing is touched unless all of it succeeds. */
export function generateImports(config: ImportConfig, sources: readonly Source[]): Changes {
  const crds = reduceKinds(config, sources);
  const stage = mkdtempSync(join(tmpdir(), 'espalier-import-'));
  try {
    mkdirSync(join(stage, 'crds'));
    for (const [file, text] of crds) writeFileSync(join(stage, 'crds', file), text);
    runCdk8sImport(stage, config.kinds);
    return replaceFiles(stage, join(config.root, 'imports'));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** The text of each file of imports/crds/. */
export function reduceKinds(config: ImportConfig, sources: readonly Source[]): Map<string, string> {
  const names = config.kinds.map((kind) => kind.name);
  const definitions = pickDefinitions(config, sources, names);
  return new Map(
    config.kinds.map(({ name, file }) => {
      const definition = definitions.get(name);
      return [file, definition ? printFacts(reduce(definition)) : ''];
    }),
  );
}

/**
 * Makes imports/schemas.br, what the checker reads, and of it the files that are types alone.
 *
 * @returns which kinds differ from those that it had
 */
export function generateSchemas(config: ImportConfig, sources: SchemaSources): string[] {
  const file = join(config.root, 'imports', 'schemas.br');
  const { kinds, metadata } = kindsOf(sources);
  const minors = sources.openApis.map(({ minor }) => minor);
  const bytes = pack(kinds, metadata, {
    releases: [Math.min(...minors), Math.max(...minors)],
    catalog: config.catalog,
  });
  const before = existsSync(file) ? readFileSync(file) : undefined;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  for (const [path, text] of typesIn(readPack(bytes))) {
    const types = join(config.root, 'imports', path);
    mkdirSync(dirname(types), { recursive: true });
    writeFileSync(types, text);
  }
  return differences(before, bytes);
}

/** The definitions of these names; each must be there, and the same wherever it is. */
function pickDefinitions(
  config: ImportConfig,
  sources: readonly Source[],
  names: readonly string[],
): Map<string, Definition> {
  const definitions = findDefinitions(sources, names);
  const missing = names.filter((name) => !definitions.has(name));
  if (missing.length > 0) {
    throw new EspalierError(
      `${config.path} lists ${missing.join(', ')}, but none of these sources defines it:\n` +
        `${sources.map(({ origin }) => `  ${origin}`).join('\n')}\n` +
        'add the release file that does, or take the kind out of kinds',
    );
  }
  return new Map(
    names.flatMap((name) => {
      const [first, ...others] = definitions.get(name) ?? [];
      if (!first) return [];
      const text = others.length > 0 ? printFacts(facts(first)) : '';
      const other = others.find((found) => printFacts(facts(found)) !== text);
      if (other)
        throw new EspalierError(`${name} is defined differently in ${first.origin} and ${other.origin}; keep one`);
      return [[name, first] as const];
    }),
  );
}

/** One process for all kinds: each would load cdk8s-cli again. It reads cdk8s.yaml in its working directory. */
function runCdk8sImport(stage: string, kinds: readonly WantedKind[]): void {
  const imports = kinds.map(({ alias, file }) => `${alias}:=crds/${file}`);
  writeFileSync(join(stage, 'cdk8s.yaml'), stringify({ language: 'typescript', imports }));
  const cdk8s = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  // Without the check it stays offline.
  const args = [cdk8s, 'import', '--output', '.', '--no-save', '--no-check-upgrade'];
  // cdk8s takes its options from CDK8S_* too; the user's own must not change what is made.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CDK8S_')));
  const { status, stderr, error } = spawnSync(process.execPath, args, { cwd: stage, env, encoding: 'utf8' });
  if (status !== 0) throw new EspalierError(`cdk8s import failed: ${(error?.message ?? stderr).trim()}`);
  // cdk8s names a file alias-group.ts; the alias alone reads better in an import, and is unique.
  for (const { alias, group } of kinds) {
    const made = join(stage, `${alias}-${group}.ts`);
    writeFileSync(join(stage, `${alias}.ts`), leaveOutAtOnce(readFileSync(made, 'utf8')));
    rmSync(made);
  }
}

/** Writes only what differs, and removes what is not made any more. */
function replaceFiles(from: string, to: string): Changes {
  const made = generatedFiles(from);
  const written = made.filter((path) => {
    const old = join(to, path);
    return !existsSync(old) || !readFileSync(old).equals(readFileSync(join(from, path)));
  });
  const removed = generatedFiles(to).filter((path) => !made.includes(path));
  mkdirSync(join(to, 'crds'), { recursive: true });
  for (const path of written) writeFileSync(join(to, path), readFileSync(join(from, path)));
  for (const path of removed) rmSync(join(to, path));
  return { written, removed };
}

function generatedFiles(imports: string): string[] {
  const list = (folder: string, end: string) =>
    existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(end)) : [];
  return [...list(imports, '.ts'), ...list(join(imports, 'crds'), '.yaml').map((name) => `crds/${name}`)].sort();
}
