import { arch, cpus, release, totalmem, type } from 'node:os';

/** What the figures were measured on: nothing that names the machine or its owner. */
export function machine(): Readonly<Record<string, string>> {
  const [cpu] = cpus();
  return {
    CPU: `${cpu?.model.trim() || 'unknown'} (${arch()})`,
    Cores: String(cpus().length),
    Memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    // Builders write names of their own behind the numbers.
    System: `${type()} ${/^[\d.]*\d/.exec(release())?.[0] ?? ''}`.trim(),
    Node: process.version,
    ...Object.fromEntries(['cdk8s', 'cdk8s-plus-28', 'constructs', 'tsx'].map((name) => [name, version(name)])),
  };
}

function version(name: string): string {
  return (require(`${name}/package.json`) as { version: string }).version;
}
