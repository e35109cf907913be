import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EspalierError } from '../errors';
import { stagingFolder } from './paths';
import { codeOf } from './read';
import { readRegular } from './regular';

/** Who holds the lock: the process's id and, where /proc tells it, when that process began. */
const holderFile = 'pid';

/**
 * Takes the lock: makes the staging folder, with this process's id in it. What a killed run left is cleared away.
 *
 * It is made under another name and renamed, so that nobody ever sees it without an id.
 *
 * @param name of the folder: what is done under one lock may take another
 * @returns the staging folder's path
 * @throws EspalierError when another run is writing
 */
export function takeStaging(root: string, outdir: string, name = stagingFolder): string {
  const staging = join(root, name);
  const mine = `${staging}.${process.pid}`;
  clearStrays(root, name);
  try {
    mkdirSync(mine);
    writeFileSync(join(mine, '.gitignore'), '*\n');
    writeFileSync(join(mine, holderFile), `${process.pid} ${startOf(process.pid) ?? ''}\n`);
    if (rename(mine, staging)) return staging;
    clearDead(staging, outdir, name);
    if (rename(mine, staging)) return staging;
    throw busy(readHolder(staging), outdir, name);
  } catch (error) {
    rmSync(mine, { recursive: true, force: true });
    throw error;
  }
}

/** Gives the lock back: removes the staging folder. */
export function dropStaging(staging: string): void {
  rmSync(staging, { recursive: true, force: true });
}

/** Removes a folder if nothing is in it. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** Clears away the staging folder of a run that is no more. */
function clearDead(staging: string, outdir: string, name: string): void {
  const holder = readHolder(staging);
  if (isAlive(holder)) throw busy(holder, outdir, name);
  if (lstatSync(staging, { throwIfNoEntry: false })?.isDirectory() && holder === undefined) throw notOurs(staging);
  // Out of the way in one step; if meanwhile another run took the place, it goes back.
  const dead = `${staging}.${process.pid}.dead`;
  if (!rename(staging, dead)) return;
  if (readHolder(dead) !== holder) {
    rename(dead, staging);
    throw busy(readHolder(staging), outdir, name);
  }
  dropStaging(dead);
}

/** What runs left that were killed while they took the lock: named by their ids, and held by nobody. */
function clearStrays(root: string, name: string): void {
  for (const entry of readdirSync(root)) {
    const [, id] = (entry.startsWith(name) && /^\.(\d+)(?:\.dead)?$/.exec(entry.slice(name.length))) || [];
    if (id !== undefined && !isAlive(id)) dropStaging(join(root, entry));
  }
}

/** False where the target is there already, or the source no more. */
function rename(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) return false;
    // Windows says so of a folder that is there.
    if (codeOf(error) === 'EPERM' && readHolder(to) !== undefined) return false;
    throw error;
  }
}

function readHolder(staging: string): string | undefined {
  return read(join(staging, holderFile))?.trim();
}

/** A process with the same id that began at another time is another process. */
function isAlive(holder: string | undefined): boolean {
  const [id = '', start] = (holder ?? '').split(' ');
  const pid = Number(id);
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's is alive, too.
    if (codeOf(error) !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return start === undefined || start === '' || now === undefined || start === now;
}

/** When a process began, in the kernel's ticks since boot (proc(5), field 22); undefined where /proc does not tell it. */
function startOf(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function read(path: string): string | undefined {
  try {
    return readRegular(path).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Every staging folder of Espalier's comes into being with an id in it. */
function notOurs(staging: string): EspalierError {
  return new EspalierError(
    `${staging} is where espalier puts files before it writes them, and it did not make this folder. Move it away.`,
  );
}

function busy(holder: string | undefined, outdir: string, name: string): EspalierError {
  return new EspalierError(
    `${outdir}: another espalier (process ${holder?.split(' ')[0] ?? 'unknown'}) is writing here. Wait until it is done; if no such process runs, delete ${join(outdir, name)}.`,
  );
}
