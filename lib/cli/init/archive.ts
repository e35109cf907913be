import { basename, dirname, join, resolve } from 'node:path';
import { readText } from './facts';

/**
 * The archive that a package was installed from, as npm notes it after `npm install ARCHIVE` and `npx --package=ARCHIVE`.
 *
 * @param manifest the path of the package's package.json
 * @returns undefined for a package of a registry, and for a checkout
 */
export function archiveOf(manifest: string): string | undefined {
  const packages = dirname(dirname(manifest));
  const note = readText(join(packages, '.package-lock.json'));
  if (note === undefined) return undefined;
  const lock = JSON.parse(note) as { packages?: Record<string, { resolved?: string }> };
  const resolved = lock.packages?.[`node_modules/${basename(dirname(manifest))}`]?.resolved;
  return resolved?.startsWith('file:') ? resolve(dirname(packages), resolved.slice('file:'.length)) : undefined;
}
