import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wanted } from './shape';

/**
 * The least that anybody must do for a tree whose objects are there already, with the simplest calls that Node has:
 *
 *     node floor.js write FLOOR OUTDIR     JSON.stringify of every object; writing the same bytes to the same files
 *     node floor.js compare FLOOR OUTDIR   reading the same files, and comparing their bytes
 *
 * With FLEET_APPS it composes the fleet with cdk8s and cdk8s-plus before, as every program that uses them must.
 *
 * @see FloorData for what lies in FLOOR
 */
const [work, floor = '', outdir = ''] = process.argv.slice(2);
if (process.env.FLEET_APPS) (require('./plain-fleet') as typeof import('./plain-fleet')).plainFleet(wanted);
const bytes = readFileSync(join(floor, 'bytes'));
const files = readJson<readonly (readonly [path: string, length: number])[]>('files.json');
if (work === 'write') write();
else compare();

function write(): void {
  let characters = 0;
  for (const object of readJson<readonly unknown[]>('objects.json')) characters += JSON.stringify(object).length;
  if (characters === 0) throw new Error('there are no objects');
  for (const folder of readJson<readonly string[]>('folders.json'))
    mkdirSync(join(outdir, folder), { recursive: true });
  let from = 0;
  for (const [path, length] of files) {
    writeFileSync(join(outdir, path), bytes.subarray(from, from + length));
    from += length;
  }
}

function compare(): void {
  let from = 0;
  for (const [path, length] of files) {
    if (!readFileSync(join(outdir, path)).equals(bytes.subarray(from, from + length)))
      throw new Error(`${path} differs`);
    from += length;
  }
}

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(join(floor, name), 'utf8')) as T;
}
