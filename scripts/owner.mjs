// Where this repository lives, in one place: `repository`, `bugs` and `homepage` of package.json, and the addresses in the docs.
//   node scripts/owner.mjs https://github.com/acme/espalier   writes it wherever it stands
//   node scripts/owner.mjs --check https://github.com/acme/espalier   fails unless it is that one, as a release must
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = join(root, 'package.json');
/** What stands in the docs until somebody owns the repository. */
const nobody = 'OWNER/espalier';

const args = process.argv.slice(2).filter((arg) => arg !== '--check');
const checks = process.argv.includes('--check');
const [, host = '', path = ''] = /^https:\/\/([\w.-]+)\/([\w.-]+\/[\w.-]+?)(?:\.git|\/)?$/.exec(args[0] ?? '') ?? [];
if (path === '' || args.length !== 1) {
  console.error('Name the address of the repository: node scripts/owner.mjs https://github.com/acme/espalier');
  process.exit(2);
}

const address = `https://${host}/${path}`;
const text = readFileSync(manifest, 'utf8');
const { repository } = JSON.parse(text);
const before = repository?.url.replace(/^git\+https:\/\/[^/]+\/|\.git$/g, '') ?? nobody;

if (checks) {
  if (repository?.url === `git+${address}.git`) process.exit(0);
  console.error(
    `package.json says that the repository is ${repository?.url ?? 'nowhere'}, and this is ${address}. Run node scripts/owner.mjs ${address}, and commit what it writes.`,
  );
  process.exit(1);
}

const fields = {
  homepage: `${address}#readme`,
  bugs: `${address}/issues`,
  repository: { type: 'git', url: `git+${address}.git` },
};
const { homepage: _, bugs: __, repository: ___, ...rest } = JSON.parse(text);
const entries = Object.entries(rest);
const after = entries.findIndex(([name]) => name === 'license') + 1;
entries.splice(after, 0, ...Object.entries(fields));
writeFileSync(manifest, `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`);

const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => join('docs', file));
const places = ['README.md', 'SECURITY.md', '.github/ISSUE_TEMPLATE/config.yml', ...docs].filter((file) =>
  /\.(?:md|yml)$/.test(file),
);
for (const file of places) {
  const old = readFileSync(join(root, file), 'utf8');
  const now = old.replaceAll(before, path);
  if (now !== old) writeFileSync(join(root, file), now);
}
