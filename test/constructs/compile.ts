import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type * as Compiler from 'typescript/unstable/sync' with { 'resolution-mode': 'import' };
import { repository } from '../repository';

/**
 * What the compiler says about a text that uses the library: `line: message` for each error.
 *
 * @param others further files that are compiled with it, by name; their errors are told with their names
 */
export function compile(lines: readonly string[], others: Readonly<Record<string, string>> = {}): string[] {
  // In the repository, so that it finds the library and its packages, but where no other check looks.
  const cache = join(repository, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'espalier-types-'));
  try {
    const texts = { 'text.ts': lines.join('\n'), ...others };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    return diagnose(folder, Object.keys(texts), { compilerOptions: { noUnusedLocals: false } });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * What the compiler says about files of a folder, under the settings of this repository and others over them. The library is not checked
 * with them: `npm run check` does. What is known of it stays in the compiler, which is started once for all tests of a room.
 */
export function diagnose(
  folder: string,
  names: readonly string[],
  more: { readonly extends?: readonly string[]; readonly compilerOptions?: object } = {},
): string[] {
  const config = join(folder, 'tsconfig.compile.json');
  const settings = { ...more, extends: [join(repository, 'tsconfig.json'), ...(more.extends ?? [])] };
  writeFileSync(config, JSON.stringify({ ...settings, files: names, include: [] }));
  const project = compiler()
    .updateSnapshot({ openProjects: [config] })
    .getProject(config);
  rmSync(config);
  if (project === undefined) throw new Error(`the compiler does not open ${config}`);
  const { program } = project;
  const found = names.flatMap((name) => {
    const file = join(folder, name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  return [...program.getConfigFileParsingDiagnostics(), ...program.getProgramDiagnostics(), ...found].map(said);
}

function said({ fileName, pos, code, text }: Compiler.Diagnostic): string {
  if (fileName === undefined) return `TS${code}: ${text}`;
  const name = basename(fileName);
  const line = readFileSync(fileName, 'utf8').slice(0, pos).split('\n').length;
  return `${name === 'text.ts' ? '' : `${name}:`}${line}: TS${code}: ${text}`;
}

let api: Compiler.API | undefined;

function compiler(): Compiler.API {
  if (api === undefined) {
    // Loaded where it is needed: few tests compile. It does not find its program where the test runner loads it.
    const { API } = require('typescript/unstable/sync') as typeof Compiler;
    const { platform, arch } = process;
    const own = dirname(require.resolve(`@typescript/typescript-${platform}-${arch}/package.json`));
    api = new API({ cwd: repository, tsserverPath: join(own, 'lib', platform === 'win32' ? 'tsc.exe' : 'tsc') });
  }
  return api;
}
