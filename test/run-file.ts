import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { transformSync } from 'esbuild';

/**
 * In the place of lib/cli/run-file.ts where a test runs a command in its own process: the file is compiled here, with those that it
 * imports by their way from it, each time anew; packages and the library are what the test has loaded. With tsx, in a process of its
 * own, test/cli/synth.test.ts runs apps.
 */
export async function runFile(path: string): Promise<unknown> {
  const exports = load(path, new Map());
  // As `import` sees it.
  return /\.c?js$/.test(path) ? { default: exports } : exports;
}

function load(path: string, loaded: Map<string, { exports: unknown }>): unknown {
  const known = loaded.get(path);
  if (known !== undefined) return known.exports;
  const module = { exports: {} as unknown };
  loaded.set(path, module);
  const text = readFileSync(path, 'utf8');
  const { code } = /\.c?js$/.test(path) ? { code: text } : transformSync(text, { loader: 'ts', format: 'cjs' });
  // In the test's own realm, whose Object is this library's: node:vm has another. The author's lines keep their numbers.
  // biome-ignore lint/security/noGlobalEval: the file is the test's own
  const run = globalThis.eval(
    `(function (module, exports, require, __filename, __dirname) {${code}\n})\n//# sourceURL=${path}`,
  );
  const own = createRequire(path);
  const isCode = (file: string) => /\.[cm]?[jt]s$/.test(file);
  const require = (id: string) => {
    const file = id.startsWith('.') ? own.resolve(id) : undefined;
    return file !== undefined && isCode(file) ? load(file, loaded) : own(id);
  };
  run(module, module.exports, Object.assign(require, own), path, dirname(path));
  return module.exports;
}

export function forgetTypeScript(): void {}

export function forgetModules(): void {}
