import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { transformSync } from 'esbuild';

/** The checkout whose code is measured. */
export const repository = resolve(__dirname, '..');

/** A temporary folder with everything that is run: Espalier as it would be installed, programs, and projects of users. */
export interface Workshop {
  /** The compiled espalier command. */
  readonly espalier: string;
  /** A program of bench/project/, compiled, so that Node alone runs it: nobody could start it faster. */
  program(name: string): string;
  /** A new project of a user: main.ts, and node_modules with what it imports. */
  project(folder: string): Project;
  /** An empty folder. */
  folder(name: string): string;
  remove(): void;
}

export interface Project {
  readonly folder: string;
  /** Where its tree is written. */
  readonly dist: string;
  /**
   * Puts the tree away. It is deleted when all is done: for a minute and more ext4 does not use again what was deleted, and to
   * make files is several times slower meanwhile.
   */
  forgetTree(): void;
  /** Deletes what Espalier remembers from run to run. */
  forgetCache(): void;
}

/** Builds from the sources as they are, to a place of its own: a stale build cannot be measured, and build/ stays as it is. */
export function openWorkshop(): Workshop {
  const root = mkdtempSync(join(tmpdir(), 'espalier-bench-'));
  // A program that has just been ended may still be writing.
  const remove = () => rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  try {
    buildPackage(join(root, 'package'));
    linkModules(join(root, 'node_modules'), join(root, 'package'));
    compilePrograms(join(root, 'programs'));
  } catch (error) {
    remove();
    throw error;
  }
  const folder = (name: string) => {
    mkdirSync(join(root, name), { recursive: true });
    return join(root, name);
  };
  return {
    espalier: join(root, 'package', 'build', 'lib', 'cli', 'main.js'),
    program: (name) => join(root, 'programs', `${name}.js`),
    project: (name) => makeProject(folder(name), join(root, 'package'), folder('old')),
    folder,
    remove,
  };
}

const sources = join(__dirname, 'project');

function buildPackage(folder: string): void {
  mkdirSync(folder);
  copyFileSync(join(repository, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(repository, 'imports'), join(folder, 'imports'), 'junction');
  const args = [join(repository, 'scripts', 'build.mjs'), join(folder, 'build')];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: repository, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`);
}

/** What Espalier and the programs import, as npm would install it beside them. */
function linkModules(modules: string, espalier: string): void {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    link(modules, name, packageFolder(name));
  }
  link(modules, 'cdk8s-espalier', espalier);
}

function link(modules: string, name: string, target: string): void {
  mkdirSync(dirname(join(modules, name)), { recursive: true });
  symlinkSync(target, join(modules, name), 'junction');
}

/** Where Node finds a package, whatever the package lets be asked for. */
function packageFolder(name: string): string {
  const { paths } = createRequire(join(repository, 'package.json')).resolve;
  const found = paths(name)
    ?.map((folder) => join(folder, name))
    .find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`${name} is not installed: run npm ci`);
  return found;
}

function compilePrograms(folder: string): void {
  mkdirSync(folder);
  for (const file of readdirSync(sources)) {
    const source = readFileSync(join(sources, file), 'utf8');
    const { code } = transformSync(source, { loader: 'ts', format: 'cjs', target: 'node20' });
    writeFileSync(join(folder, file.replace(/ts$/, 'js')), code);
  }
}

let putAway = 0;

/** @param old where old trees are put */
function makeProject(folder: string, espalier: string, old: string): Project {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  for (const file of ['main.ts', 'fleet.ts', 'workload.ts', 'shape.ts']) {
    copyFileSync(join(sources, file), join(folder, file));
  }
  const modules = join(folder, 'node_modules');
  linkModules(modules, espalier);
  const dist = join(folder, 'dist');
  return {
    folder,
    dist,
    forgetTree: () => {
      if (existsSync(dist)) renameSync(dist, join(old, String(putAway++)));
    },
    forgetCache: () => rmSync(join(modules, '.cache'), { recursive: true, force: true }),
  };
}
