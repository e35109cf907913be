import type { Ignore } from 'ignore';
import type { Exclusions } from './source';

/** What source-controller keeps out of every artifact (github.com/fluxcd/pkg sourceignore v0.18.0: ExcludeVCS). */
const always = ['.git/', '.gitignore', '.gitmodules', '.gitattributes'];

const pictures = ['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'];

/** What it keeps out, too, unless there is a pattern of its user's (ExcludeExt, ExcludeCI and ExcludeExtra). */
const byDefault = [
  ...pictures,
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml', 'cloudbuild.yaml'],
  ...['codeship-services.yml', 'codeship-steps.yml', '**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/** What those rules may be for. Few paths are, and asking the rules one by one takes as long as reading YAML. */
function suspectOf(rules: readonly string[]): RegExp {
  const names = rules.filter((rule) => !rule.startsWith('*.')).map(literal);
  const endings = rules.filter((rule) => rule.startsWith('*.')).map(literal);
  return new RegExp(`(?:(?:^|/)(?:${names.join('|')})${endings.length > 0 ? `|${endings.join('|')}` : ''})(?:/|$)`);
}

/** The text of a rule without what stands for any characters before it, or for a folder after it. */
function literal(rule: string): string {
  return rule.replace(/^\*+\/?|\/$/g, '').replaceAll('.', '\\.');
}

/**
 * Whether `flux push artifact` leaves a file behind, by its path below the folder that is pushed (flux2 2.9 cmd/flux/build_artifact.go,
 * excludeOCI). It reads no `.sourceignore`: that goes with the artifact.
 */
export function leftOutOfArtifacts(): (path: string) => boolean {
  const rules = (require('ignore') as typeof import('ignore'))({ ignorecase: false }).add([...always, ...pictures]);
  return (path) => rules.ignores(path);
}

/** As many as a file may have. */
const maximumRules = 10_000;

/**
 * The patterns of a file, without those that nobody writes: they become regular expressions, which fail when they are too long, and
 * with many `*` take longer than anybody waits.
 */
function patternsOf(content: string): string[] {
  const lines = content.split(/\r?\n/);
  const isUsual = (line: string) =>
    line.trim() !== '' &&
    !line.startsWith('#') &&
    line.length <= 1000 &&
    (line.match(/\*+/g)?.length ?? 0) <= 8 &&
    line.split('/').every((segment) => (segment.match(/\*+/g)?.length ?? 0) <= 4);
  return lines.slice(0, maximumRules).filter(isUsual);
}

/** Patterns that follow one another: whether they say something of a path below their folder, and what. */
interface Rules {
  readonly folder: string;
  readonly excludes: boolean;
  readonly matches: Ignore;
}

/**
 * Whether Flux leaves a file behind: by the patterns of `.sourceignore` files, which are .gitignore's and count from where they lie,
 * the last that fits first (sourceignore LoadIgnorePatterns); where nobody has written any, by Flux's own.
 * Unlike Git, it takes back what lies in a folder that was left out: a pattern fits a path or a folder that it lies in.
 */
export function sourceIgnore(
  paths: readonly string[],
  read: (path: string) => unknown,
  exclusions?: Exclusions,
): (path: string) => boolean {
  // Required when it is needed: most trees have nothing to ignore.
  const ignore = () => (require('ignore') as typeof import('ignore'))({ ignorecase: false });
  const own: Rules[] = [];
  const files = paths.filter((path) => path === '.sourceignore' || path.endsWith('/.sourceignore'));
  const add = (folder: string, patterns: readonly string[]) => {
    for (const pattern of patterns) {
      const excludes = !pattern.startsWith('!');
      const last = own.at(-1);
      const isAlike = last?.folder === folder && last.excludes === excludes;
      const rules = isAlike ? last : { folder, excludes, matches: ignore() };
      rules.matches.add(excludes ? pattern : pattern.slice(1));
      if (!isAlike) own.push(rules);
    }
  };
  for (const path of files.sort((a, b) => a.length - b.length)) {
    const content = read(path);
    if (!(content instanceof Uint8Array)) continue;
    add(path.slice(0, -'.sourceignore'.length), patternsOf(Buffer.from(content).toString('utf8')));
  }
  const root = exclusions === undefined || exclusions.root === '' ? '' : `${exclusions.root}/`;
  if (exclusions !== undefined) add(root, patternsOf(exclusions.ignore));
  own.reverse();
  const fixed = own.length > 0 ? always : [...always, ...byDefault];
  const suspect = suspectOf(fixed);
  let fixedRules: Ignore | undefined;
  const only = exclusions?.only?.map((folder) => `${root}${folder}/`);
  return (path) => {
    if (only !== undefined && path.startsWith(root) && !only.some((folder) => path.startsWith(folder))) return true;
    for (const { folder, excludes, matches } of own) {
      if (path.startsWith(folder) && matches.ignores(path.slice(folder.length))) return excludes;
    }
    if (!suspect.test(path)) return false;
    fixedRules ??= ignore().add(fixed);
    return fixedRules.ignores(path);
  };
}
