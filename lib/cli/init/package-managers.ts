/** How a package manager is called. */
export interface PackageManager {
  readonly name: string;
  /** The files by which a project says that it uses it. */
  readonly locks: readonly string[];
  /** What makes it available where only Node is; undefined for what comes with Node. */
  readonly setup?: string;
  readonly install: string;
  /** Installs exactly what the lockfile says. */
  readonly ci: string;
  /** Runs a script of package.json. */
  readonly run: string;
  /** Runs a program of an installed package. */
  readonly exec: string;
}

export const npm: PackageManager = {
  name: 'npm',
  locks: ['package-lock.json', 'npm-shrinkwrap.json'],
  install: 'npm install',
  ci: 'npm ci',
  run: 'npm run',
  exec: 'npx --no-install',
};

const all: readonly PackageManager[] = [
  {
    name: 'pnpm',
    locks: ['pnpm-lock.yaml'],
    setup: 'corepack enable',
    install: 'pnpm install',
    ci: 'pnpm install --frozen-lockfile',
    run: 'pnpm run',
    exec: 'pnpm exec',
  },
  {
    name: 'yarn',
    locks: ['yarn.lock'],
    setup: 'corepack enable',
    install: 'yarn install',
    // In a CI it takes the lockfile as it is without being told; how it is told differs between yarn 1 and later ones.
    ci: 'yarn install',
    run: 'yarn run',
    exec: 'yarn run',
  },
  {
    name: 'bun',
    locks: ['bun.lock', 'bun.lockb'],
    setup: 'npm install --global bun',
    install: 'bun install',
    ci: 'bun install --frozen-lockfile',
    run: 'bun run',
    exec: 'bun run',
  },
  npm,
];

/**
 * The package manager of a project: as its package.json says, else by its lockfile, else npm.
 *
 * @param said `packageManager` of package.json: `pnpm@10.23.0`
 */
export function packageManagerOf(said: unknown, exists: (path: string) => boolean): PackageManager {
  const name = typeof said === 'string' ? said.split('@')[0] : undefined;
  return all.find((one) => one.name === name) ?? all.find(({ locks }) => locks.some(exists)) ?? npm;
}
