import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { loadAll } from 'js-yaml';
import { measure } from './measure';
import type { Project, Workshop } from './workshop';

/** Where a fleet of one size is measured: its tree, written by Espalier before, and a project for each case. */
export interface Place {
  readonly workshop: Workshop;
  readonly apps: number;
  /** The folder of the tree; cases read it and leave it as it is. */
  readonly tree: string;
  /** The tree of the fleet with one app changed. */
  readonly changedTree: string;
  /** Its bytes and objects, as floor.ts reads them. */
  readonly floor: string;
  /** The folders that Flux builds, one a line: those of the Kustomizations. */
  readonly foldersOfFlux: string;
  /** The project of a case, made when it is asked for first. */
  project(id: string): Project;
}

export async function makePlace(workshop: Workshop, apps: number): Promise<Place> {
  const projects = new Map<string, Project>();
  const project = (id: string) => {
    const made = projects.get(id) ?? workshop.project(join(String(apps), id));
    projects.set(id, made);
    return made;
  };
  const synth = async (id: string, change: number) => {
    const { folder, dist } = project(id);
    const args = [workshop.espalier, 'synth', 'main.ts', '--quiet'];
    const env = { FLEET_APPS: String(apps), FLEET_CHANGE: String(change) };
    await measure({ program: process.execPath, args, cwd: folder, env }, workshop.folder('scratch'), 3600);
    return dist;
  };
  const tree = await synth('tree', 0);
  const changedTree = await synth('changed-tree', 1);
  const floor = writeFloor(tree, workshop.folder(join(String(apps), 'floor')));
  const foldersOfFlux = join(floor, 'flux.txt');
  const paths = Array.from({ length: apps }, (_, i) => join(tree, 'kubernetes', 'apps', `app-${i}`, `app-${i}`, 'app'));
  writeFileSync(foldersOfFlux, `${paths.join('\n')}\n`);
  return { workshop, apps, tree, changedTree, floor, foldersOfFlux, project };
}

/** Files in the order of their paths, their bytes one after another, the folders that they need, and the objects in them. */
function writeFloor(tree: string, floor: string): string {
  const paths = readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(tree, path)).isFile())
    .sort();
  const contents = paths.map((path) => readFileSync(join(tree, path)));
  const objects = paths.flatMap((path, i) => (path.endsWith('.yaml') ? loadAll(String(contents[i])) : []));
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  const write = (name: string, value: unknown) => writeFileSync(join(floor, name), JSON.stringify(value));
  writeFileSync(join(floor, 'bytes'), Buffer.concat(contents));
  write(
    'files.json',
    paths.map((path, i) => [path, contents[i]?.length]),
  );
  // A folder that another is in is made along with it.
  write(
    'folders.json',
    folders.filter((folder) => folder === '.' || !folders.some((other) => other.startsWith(folder + sep))),
  );
  write('objects.json', objects);
  return floor;
}
