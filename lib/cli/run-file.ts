import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EspalierError } from '../errors';

/**
 * Runs a file of TypeScript or JavaScript in this process.
 *
 * @param path absolute
 * @returns what it exports: an ES module's namespace, or what a CommonJS file has assigned
 * @throws whatever the file throws; EspalierError when TypeScript cannot be loaded
 */
export async function runFile(path: string): Promise<unknown> {
  const href = pathToFileURL(path).href;
  if (!/\.[cm]?ts$/.test(path)) return import(href);
  const tsx = findTsx(path);
  if (tsx === undefined) return import(href);
  loadLibrary(path);
  registerForRequire(tsx);
  if (isCommonJs(path)) return createRequire(path)(path);
  registerForImport(tsx);
  return import(href);
}

/**
 * Readies `require` for a file of TypeScript or JavaScript.
 *
 * @param path absolute
 * @returns whether `require` runs it as `runFile` would: false for an ES module
 * @throws EspalierError when TypeScript cannot be loaded
 */
export function readyToRequire(path: string): boolean {
  if (/\.[cm]?ts$/.test(path)) {
    const tsx = findTsx(path);
    if (tsx === undefined) return false;
    registerForRequire(tsx);
  }
  return isCommonJs(path);
}

/** Set by a launcher: a file whose tsx it has registered for `require`. */
const launcher = Symbol.for('cdk8s-espalier.tsx');

/**
 * tsx, as the app's project has it; undefined where there is none and Node itself runs TypeScript, as it does from 22.18 on.
 *
 * @throws EspalierError where nothing does
 */
function findTsx(path: string): NodeJS.Require | undefined {
  const tsx = createRequire((globalThis as { [launcher]?: string })[launcher] ?? path);
  try {
    tsx.resolve('tsx');
    return tsx;
  } catch {
    const { typescript } = process.features as { typescript?: string | false };
    if (typescript) return undefined;
    throw new EspalierError(
      `Node ${process.version} does not run TypeScript by itself. Install tsx beside the app: npm install --save-dev tsx`,
    );
  }
}

/**
 * Loads this library, and with it cdk8s, before tsx reads along and follows their source maps: that takes a quarter of a second.
 * Only where the app imports the same copy.
 */
function loadLibrary(path: string): void {
  try {
    if (createRequire(path).resolve('cdk8s-espalier') === require.resolve('../index')) require('../index');
  } catch {
    // What it lacks the app says when it imports it.
  }
}

/** Whether a file is CommonJS, to Node or as tsx compiles it: by its ending, else by the nearest package.json. */
function isCommonJs(path: string): boolean {
  if (/\.[cm][jt]s$/.test(path)) return /\.c[jt]s$/.test(path);
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { type?: string }).type !== 'module';
    if (folder === dirname(folder)) return true;
  }
}

/** What tsx needs to be told once in a process. */
const registered = { require: false, import: false };

/**
 * TypeScript for `require`. `import` has its loader in a thread of its own, which takes as long as all else to start: it is
 * registered when the first code comes along that may call it.
 */
function registerForRequire(tsx: NodeJS.Require): void {
  if (registered.require) return;
  registered.require = true;
  tsx('tsx/cjs');
  const { extensions } = require;
  for (const ending of ['.js', '.mjs', '.ts', '.tsx', '.jsx']) {
    const load = extensions[ending];
    if (load === undefined) continue;
    extensions[ending] = (module, path) => {
      const compiled = module as NodeJS.Module & { _compile(code: string, path: string): unknown };
      const compile = compiled._compile;
      compiled._compile = function (code, name) {
        if (!name.startsWith(library) && importCall.test(code)) registerForImport(tsx);
        return compile.call(this, code, name);
      };
      return load(module, path);
    };
  }
}

/** `import(` on a line that is not a comment's, where it would be a type. */
const importCall = /^(?!\s*(?:\*|\/\/)).*\bimport\s*\(/m;

/** This library imports packages only. */
const library = dirname(__dirname) + sep;

function registerForImport(tsx: NodeJS.Require): void {
  if (registered.import) return;
  registered.import = true;
  tsx('tsx/esm');
}
