import { posix } from 'node:path';
import { EspalierError } from '../../errors';
import { gitAttributes } from '../../tree/git-attributes';
import type { Change } from '../../tree/plan';
import type { Facts } from './facts';
import type { Forge } from './forge';
import { emptyMain, exampleMain, type MainFile } from './main-file';
import { type Members, withLines, withMembers } from './merge';
import { workflowFor } from './workflows';

/** What was asked, or taken for granted. */
export interface Answers {
  readonly clusters: readonly string[];
  /** Undefined where nothing tells. */
  readonly forge: Forge | 'none' | undefined;
}

/** What is to be written; paths are from the top of the repository. */
export interface Files {
  readonly changes: readonly Change[];
  /** What is there already and stays as it is, with why. */
  readonly kept: readonly string[];
  /** What a person does, since nobody else can. */
  readonly todo: readonly string[];
}

/** The version of this package, and those of the packages beside it that it was made with. */
export interface Versions {
  readonly version: string;
  /** The archive that this package was installed from, from the project's folder; undefined where it is from a registry. */
  readonly archive?: string | undefined;
  readonly devDependencies: Readonly<Record<string, string>>;
  /** For packages that only a project needs. */
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** What a project needs besides Espalier: its peers, and what runs and checks main.ts. */
const packages = ['cdk8s', 'cdk8s-plus-28', 'constructs', 'tsx', 'typescript'];

/** The folder that is checked: the root of what Flux fetches where that lies here, and dist/ where it has nothing yet. */
export function checkedFolder({ below, layout }: Facts): string {
  if (layout === undefined) return 'dist';
  const { source } = layout;
  if (below === '') return source === '' ? '.' : source;
  return source.startsWith(`${below}/`) ? source.slice(below.length + 1) : '.';
}

/** Where the tree is written: among what is there, as `espalier adopt` does, else to dist/. */
function placeOf({ below, layout }: Facts): Pick<MainFile, 'outdir' | 'sourceRoot'> {
  if (layout === undefined) return { outdir: 'dist', sourceRoot: below === '' ? 'dist' : `${below}/dist` };
  return { outdir: posix.relative(`/${below}`, '/') || '.', sourceRoot: '.' };
}

/**
 * The files that a folder gets. Of those that are there, package.json and Git's get what they lack; others are kept where they speak of
 * espalier, as an earlier run or a person has left them.
 *
 * @param read the text of a file; undefined where there is none
 * @throws EspalierError for a file that would be overwritten
 */
export function planFiles(
  facts: Facts,
  { clusters, forge }: Answers,
  versions: Versions,
  read: (path: string) => string | undefined,
): Files {
  const changes: Change[] = [];
  const kept: string[] = [];
  const todo: string[] = [];
  const { below, manager, layout, branch, errors } = facts;
  const tree = checkedFolder(facts);
  const here = (name: string) => (below === '' ? name : `${below}/${name}`);
  const add = (path: string, merge: (before: string) => string) => {
    const before = read(path);
    const after = merge(before ?? '');
    if (after !== before) changes.push({ path, before, after });
  };
  const create = (path: string, text: string) => {
    const before = read(path);
    if (before === undefined) changes.push({ path, before, after: text });
    else if (!before.includes('espalier')) throw overwritten(path);
    else if (before !== text) kept.push(`${path}, which is there already`);
  };

  const main = { clusters, ...placeOf(facts) };
  create(here('main.ts'), layout === undefined ? exampleMain(main) : emptyMain(main, layout, appToBegin(facts)));

  const manifest = here('package.json');
  const before = read(manifest);
  const members = membersOf(before, { tree, versions });
  add(manifest, (text) => withMembers(text || '{\n  "private": true\n}\n', manifest, members.missing));
  const archive = members.from?.startsWith('file:') ? members.from.slice('file:'.length) : undefined;
  if (isOutside(below, archive)) {
    todo.push(`${manifest} takes cdk8s-espalier from ${archive}: copy it into the repository before the CI runs.`);
  }
  kept.push(...members.kept.map((script) => `the script ${script} of ${manifest}`));

  const config = here('tsconfig.json');
  if (read(config) === undefined) changes.push({ path: config, before: undefined, after: tsconfig });
  else if (!read(config)?.includes('"strict": true')) kept.push(`${config} (main.ts is best read with "strict": true)`);

  add(here('.gitignore'), (text) => withIgnored(text));
  // Where the tree is written.
  if (layout === undefined)
    add(here('.gitattributes'), (text) => withLines(text, attributesComment, gitAttributes('dist')));
  else add('.gitattributes', (text) => withLines(text, attributesComment, gitAttributes('.')));

  if (forge === undefined) {
    todo.push(
      'Nothing tells which forge the repository is on, so there is no CI: run it again with --forge github (or gitlab, forgejo, gitea, azure).',
    );
  } else if (forge !== 'none') {
    const { path, text, included, next } = workflowFor(forge, { manager, branch, tree, below, errors });
    const scanned = layout?.scanned.find((folder) => isFluxBuilding(path, folder));
    if (scanned !== undefined) {
      todo.push(
        `There is no CI: Flux applies every YAML file below ${scanned === '' ? './' : scanned}, which has no kustomization.yaml, and would fail on ${path}. Add one (kustomize create --autodetect --recursive), and run espalier init again.`,
      );
    } else {
      create(path, text);
      if (next !== undefined && read(path) === undefined) todo.push(next);
      const own = included && read(included.path);
      if (included !== undefined && own === undefined) {
        changes.push({ path: included.path, before: undefined, after: included.text });
      } else if (included !== undefined && !own?.includes(path)) {
        todo.push(`Add to ${included.path}:\n${included.text.trimEnd()}`);
      }
    }
  }
  todo.push(...renovateLines(facts, here(tree), read));
  return { changes, kept, todo };
}

const tsconfig = `{
  "compilerOptions": {
    "strict": true,
    "module": "node16",
    "target": "es2022",
    "noEmit": true,
    "skipLibCheck": true
  },
  "include": ["*.ts", "apps/**/*.ts", "imports/**/*.ts", "src/**/*.ts"]
}
`;

const attributesComment = 'Espalier: what it writes merges line by line, and has the same bytes on every machine';

/** What Renovate's configuration lacks; it may be JSON5, or be made of presets, so that a person adds it. */
function renovateLines(
  { renovate, layout }: Facts,
  outdir: string,
  read: (path: string) => string | undefined,
): readonly string[] {
  const text = renovate === undefined ? undefined : read(renovate);
  if (renovate === undefined || text === undefined || text.includes('cdk8s-espalier')) return [];
  const left = layout === undefined ? ` and "ignorePaths": ["${outdir}/**"]` : '';
  return [`Add to ${renovate} the customManagers${left} of ${managersPage}: versions are then updated in the code.`];
}

const managersPage = 'node_modules/cdk8s-espalier/docs/images-and-renovate.md';

/** Whether a file is among those that Flux applies of a folder. Of no repository it fetches GitHub's files, unless that says otherwise. */
function isFluxBuilding(path: string, folder: string): boolean {
  return !path.startsWith('.github/') && (folder === '' || path.startsWith(`${folder}/`));
}

/** With what must not come into Git, unless a pattern says so already. */
function withIgnored(text: string): string {
  const ignore = require('ignore') as typeof import('ignore');
  return ignore().add(text).ignores('node_modules/') ? text : withLines(text, 'Packages', ['node_modules/']);
}

/** The folder of an app, as a command here takes it. */
export function appToBegin({ layout, below }: Facts): string {
  return layout?.app === undefined ? 'PATH' : posix.relative(`/${below}`, `/${layout.app}`) || '.';
}

function isOutside(below: string, archive: string | undefined): boolean {
  return archive !== undefined && (posix.isAbsolute(archive) || posix.join(below, archive).startsWith('../'));
}

/** What package.json lacks, the scripts of it that have other commands, and where it has this package from. */
function membersOf(
  before: string | undefined,
  { tree, versions }: { readonly tree: string; readonly versions: Versions },
): { missing: Members; kept: readonly string[]; from: string | undefined } {
  const at = tree === '.' ? '' : ` ${tree}`;
  const scripts = {
    synth: 'tsc --noEmit && espalier synth',
    check: `espalier check${at}`,
    diff: `espalier diff${at === '' ? '' : ` --path${at}`}`,
  };
  const wanted = {
    'cdk8s-espalier': versions.archive === undefined ? `^${versions.version}` : `file:${versions.archive}`,
    ...Object.fromEntries(
      packages.map((name) => [name, versions.devDependencies[name] ?? versions.peerDependencies[name]]),
    ),
  };
  const value = parsed(before);
  const lists = ['dependencies', 'devDependencies', 'optionalDependencies'].map((list) => value[list] ?? {});
  const has = (name: string) => lists.some((list) => name in list);
  const own = value.scripts ?? {};
  return {
    missing: {
      scripts,
      devDependencies: Object.fromEntries(Object.entries(wanted).filter(([name]) => !has(name))),
    },
    kept: Object.entries(scripts).flatMap(([name, command]) => (name in own && own[name] !== command ? [name] : [])),
    from: Object.assign({}, wanted, ...lists)['cdk8s-espalier'],
  };
}

/** What cannot be read is told by withMembers. */
function parsed(text: string | undefined): Record<string, Record<string, unknown> | undefined> {
  try {
    return JSON.parse(text ?? '{}') ?? {};
  } catch {
    return {};
  }
}

function overwritten(path: string): EspalierError {
  return new EspalierError(
    `${path} is there already, and is not Espalier's: it would be overwritten. Move it away, or run espalier init in another folder; nothing was written.`,
  );
}
