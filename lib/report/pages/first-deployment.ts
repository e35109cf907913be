import { inline } from '../../graph/masking/printable';
import { display } from '../../graph/substitution';
import { expectedKeys } from '../../graph/vault/expected-keys';
import { groupBy } from '../../text/group-by';
import { enumerated } from '../../text/listed';
import { vaultArguments } from './commands';
import { block, list, mark, marks, paragraphs } from './markdown';
import { named, type Page, type Section } from './page';
import { readsOf } from './secrets';
import { type UsedPath, usedPaths } from './vault-paths';

/** What must be there before Flux applies the app for the first time, and is not in the tree. */
export const firstDeployment: Section = {
  heading: 'Before the first deployment',
  body(page) {
    const values = usedPaths(page).flatMap((used) => valuesOf(page, used) ?? []);
    const missing = elsewhere(page);
    if (values.length + missing.length === 0) return undefined;
    return paragraphs(
      ...values,
      missing.length === 0 ? undefined : `The tree does not make these, which the app reads:\n\n${list(missing)}`,
    );
  },
};

/** The keys that somebody must write into a secret of Vault: not those that the app pushes there itself. */
function valuesOf(page: Page, { path, first, reads, pushes }: UsedPath): string | undefined {
  if (reads.length === 0) return undefined;
  const pushed = new Set(pushes.flatMap(({ accesses }) => accesses.flatMap(({ property }) => property ?? [])));
  const all = reads.map(({ made, access }) => expectedKeys(page.cluster, made, [access]));
  const keys = new Set(
    all.flatMap((expected) =>
      expected.keys.filter((one) => one.required && !pushed.has(one.key)).map(({ key }) => key),
    ),
  );
  if (keys.size === 0) {
    return all.some(({ more }) => more !== undefined) && pushes.length === 0
      ? `Write the values that the app needs to ${mark(path)}: the tree does not name all of their keys.`
      : undefined;
  }
  const lines = [...keys].map((key) => `  ${JSON.stringify(inline(display(key)))}: "…"`);
  return paragraphs(
    `Write the required keys to ${mark(path)}: without any of them the Secret is not written. A file keeps the values out of the shell's history; in JSON, a line break of a value is \`\\n\`.`,
    block('sh', [
      `umask 077`,
      `cat > values.json <<'EOF'`,
      '{',
      ...lines.map((line, i) => (i < lines.length - 1 ? `${line},` : line)),
      '}',
      'EOF',
      `vault kv put ${vaultArguments(first)} @values.json`,
      'rm values.json',
    ]),
  );
}

/** Secrets and ConfigMaps that the app reads and nothing in the tree makes. */
function elsewhere(page: Page): string[] {
  const { cluster, app } = page;
  const home = app.namespace;
  const wanted = readsOf(page).filter(({ kind, namespace, name, optional }) => {
    if (optional) return false;
    return cluster.secrets.lookup(kind, namespace, name).state !== 'found';
  });
  return [...groupBy(wanted, ({ kind, namespace, name }) => `${kind}/${namespace}/${name}`).values()].map((uses) => {
    const [first] = uses;
    const found = cluster.secrets.lookup(first.kind, first.namespace, first.name);
    const keys = new Set(uses.flatMap(({ key }) => key ?? []));
    const which = keys.size === 0 ? '' : ` with ${keys.size === 1 ? 'the key' : 'the keys'} ${marks(keys)}`;
    const readers = enumerated([...new Set(uses.map(({ resource }) => named(resource, home)))]);
    const why = found.state === 'unknown' ? ` (${inline(display(found.why))})` : '';
    return `${named(first, home)}${which}, for ${readers}${why}`;
  });
}
