import { statfsSync } from 'node:fs';
import { arch, cpus, release, tmpdir, totalmem, type } from 'node:os';

/** What the figures were measured on: nothing that names the machine or its owner. */
export function machine(): Readonly<Record<string, string>> {
  const [cpu] = cpus();
  return {
    CPU: `${cpu?.model.trim() || 'unknown'} (${arch()})`,
    Cores: String(cpus().length),
    Memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    // Builders write names of their own behind the numbers.
    System: `${type()} ${/^[\d.]*\d/.exec(release())?.[0] ?? ''}`.trim(),
    Files: fileSystem(),
    Node: process.version,
    ...Object.fromEntries(['cdk8s', 'cdk8s-plus-28', 'constructs', 'tsx'].map((name) => [name, version(name)])),
  };
}

/** Of the temporary files, by the numbers of Linux (statfs(2)): a tree in memory is written much faster than one on a disk. */
function fileSystem(): string {
  const known: Readonly<Record<number, string>> = {
    61267: 'ext4',
    16914836: 'tmpfs, in memory',
    1481003842: 'xfs',
    2435016766: 'btrfs',
    2035054128: 'overlayfs',
  };
  return known[statfsSync(tmpdir()).type] ?? 'unknown';
}

function version(name: string): string {
  return (require(`${name}/package.json`) as { version: string }).version;
}
