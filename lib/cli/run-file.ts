import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EspalierError } from '../errors';
import { isSingleExecutable } from '../tree/assets';

/**
 * Runs a file of TypeScript or JavaScript in this process.
 *
 * @param path absolute
 * @returns what it exports: an ES module's namespace, or what a CommonJS file has assigned
 * @throws whatever the file throws; EspalierError when TypeScript cannot be loaded
 */
export async function runFile(path: string): Promise<unknown> {
  if (isSingleExecutable) throw needsNode(path);
  // Another address is another module.
  const href = `${pathToFileURL(path).href}${forgotten === 0 ? '' : `?run=${forgotten}`}`;
  if (!/\.[cm]?ts$/.test(path)) return import(href);
  const tsx = findTsx(path);
  if (tsx === undefined) return import(href);
  loadLibrary(path);
  registerForRequire(tsx);
  if (isCommonJs(path)) return createRequire(path)(path);
  registerForImport(tsx);
  return import(href);
}

/** The single executable has neither the packages of a project nor a Node that runs its files. */
function needsNode(path: string): EspalierError {
  return new EspalierError(
    `${relative(process.cwd(), path)} is a program, which needs Node and the packages of its project: run npx --no-install espalier there. This executable reads configurations in YAML and JSON.`,
  );
}

/**
 * Loads what a file of TypeScript is run with, for a run that comes later.
 *
 * @param path absolute
 * @throws EspalierError when TypeScript cannot be loaded
 */
export function readyTypeScript(path: string): void {
  const tsx = /\.[cm]?ts$/.test(path) ? findTsx(path) : undefined;
  if (tsx === undefined) return;
  loadLibrary(path);
  registerForRequire(tsx);
  // What tsx compiles with is a process of its own, which starts with the first text.
  const esbuild = createRequire(tsx.resolve('tsx/cjs/api'))('esbuild') as { transformSync(text: string): unknown };
  esbuild.transformSync('');
}

/** Set by a launcher that runs this library from its sources: the file beside which there is a tsx. */
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
    const imported =
      launcher in globalThis || createRequire(path).resolve('cdk8s-espalier') === require.resolve('../index');
    if (imported) require('../index');
  } catch {
    // What it lacks the app says when it imports it.
  }
}

/** Whether a file is CommonJS, to Node or as tsx compiles it: by its ending, else by the nearest package.json. */
function isCommonJs(path: string): boolean {
  if (/\.[cm][jt]s$/.test(path)) return /\.c[jt]s$/.test(path);
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return typeOf(file) !== 'module';
    if (folder === dirname(folder)) return true;
  }
}

/** What a package.json says of its files; of one that cannot be read Node and tsx complain. */
function typeOf(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { type?: string } | null)?.type;
  } catch {
    return undefined;
  }
}

/** Undoes what TypeScript took for `require`; undefined while it is not there. */
let unregister: (() => void) | undefined;
/** Whether there is TypeScript for `import`. */
let imports = false;

/**
 * TypeScript for `require`. `import` has its loader in a thread of its own, which takes as long as all else to start: it is
 * registered when the first code comes along that may call it.
 */
function registerForRequire(tsx: NodeJS.Require): void {
  if (unregister !== undefined) return;
  const maps = process as NodeJS.Process & { readonly sourceMapsEnabled?: boolean };
  const mapsBefore = maps.sourceMapsEnabled ?? false;
  const { extensions } = require;
  const before = endings.map((ending) => [ending, extensions[ending]] as const);
  const { register } = tsx('tsx/cjs/api') as { register(): () => void };
  const stop = register();
  for (const ending of endings) {
    const load = extensions[ending];
    if (load !== undefined) extensions[ending] = watchingForImport(load, tsx);
  }
  unregister = () => {
    stop();
    for (const [ending, load] of before) {
      if (load === undefined) delete extensions[ending];
      else extensions[ending] = load;
    }
    process.setSourceMapsEnabled(mapsBefore);
  };
}

/** The kinds of files that tsx loads. */
const endings = ['.js', '.mjs', '.ts', '.tsx', '.jsx'];

/**
 * To be called when the file has come to its end: what is loaded from here on is this library's, and none the slower for it. Not
 * once `import` is registered, which newer Node asks of what is required, too, and which then relies on the other half of tsx.
 */
export function forgetTypeScript(): void {
  if (imports) return;
  unregister?.();
  unregister = undefined;
}

type Loader = NonNullable<NodeJS.RequireExtensions[string]>;
type Compiled = NodeJS.Module & { _compile(code: string, path: string): unknown };

function watchingForImport(load: Loader, tsx: NodeJS.Require): Loader {
  return (module, path) => {
    const compiled = module as Compiled;
    const compile = compiled._compile;
    compiled._compile = function (code, name) {
      if (!name.startsWith(library) && importCall.test(code)) registerForImport(tsx);
      return compile.call(this, code, name);
    };
    return load(module, path);
  };
}

/** `import(` on a line that is not a comment's, where it would be a type. */
const importCall = /^(?!\s*(?:\*|\/\/)).*\bimport\s*\(/m;

/** This library imports packages only. */
const library = dirname(__dirname) + sep;

function registerForImport(tsx: NodeJS.Require): void {
  if (imports) return;
  imports = true;
  tsx('tsx/esm');
}

/** How often modules were to be forgotten. */
let forgotten = 0;

/**
 * Has a project's own modules run again when they are next required: what they hold, such as an App, belongs to the run before. Of ES
 * modules only the file that is run: Node forgets none of those.
 */
export function forgetModules(folder: string): void {
  forgotten += 1;
  for (const path of Object.keys(require.cache)) {
    if (path.startsWith(folder + sep) && !path.includes(`${sep}node_modules${sep}`) && !path.startsWith(library))
      delete require.cache[path];
  }
}
