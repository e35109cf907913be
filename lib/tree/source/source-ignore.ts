import type { Ignore } from 'ignore';
import type { SourceEntry } from './source';

/**
 * What source-controller keeps out of every artifact (github.com/fluxcd/pkg, sourceignore: ExcludeVCS, ExcludeExt, ExcludeCI and
 * ExcludeExtra): what is not there, Flux cannot apply. `.spec.ignore` of a GitRepository may say otherwise; it is not followed.
 */
const always = [
  ...['.git/', '.gitignore', '.gitmodules', '.gitattributes'],
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml', 'cloudbuild.yaml'],
  ...['codeship-services.yml', 'codeship-steps.yml', '**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

const names = always.filter((rule) => !rule.startsWith('*.')).map(literal);
const endings = always.filter((rule) => rule.startsWith('*.')).map(literal);

/** What those rules may be for. Few paths are, and asking the rules one by one takes as long as reading YAML. */
const suspect = new RegExp(`(?:(?:^|/)(?:${names.join('|')})|${endings.join('|')})(?:/|$)`, 'i');

/** The text of a rule without what stands for any characters before it, or for a folder after it. */
function literal(rule: string): string {
  return rule.replace(/^\*+\/?|\/$/g, '').replaceAll('.', '\\.');
}

/** As many as a file may have. */
const maximumRules = 10_000;

/**
 * The rules of a file, without those that nobody writes: they become regular expressions, which fail when they are too long, and
 * with many `*` take longer than anybody waits.
 */
function rulesOf(content: Uint8Array): string[] {
  const lines = Buffer.from(content).toString('utf8').split(/\r?\n/);
  const isUsual = (line: string) =>
    line.length <= 1000 &&
    (line.match(/\*+/g)?.length ?? 0) <= 8 &&
    line.split('/').every((segment) => (segment.match(/\*+/g)?.length ?? 0) <= 4);
  return lines.slice(0, maximumRules).filter(isUsual);
}

/**
 * Whether Flux leaves a file or folder behind: by those rules and by the `.sourceignore` files, whose rules are .gitignore's and
 * count from where they lie.
 */
export function sourceIgnore(
  paths: readonly string[],
  read: (path: string) => unknown,
): (path: string, type: SourceEntry['type']) => boolean {
  // Required when it is needed: most trees have nothing to ignore.
  const ignore = () => (require('ignore') as typeof import('ignore'))();
  let fixed: Ignore | undefined;
  const own: { readonly folder: string; readonly rules: Ignore }[] = [];
  for (const path of paths) {
    if (path !== '.sourceignore' && !path.endsWith('/.sourceignore')) continue;
    const content = read(path);
    if (!(content instanceof Uint8Array)) continue;
    const folder = path.slice(0, -'.sourceignore'.length);
    own.push({ folder, rules: ignore().add(rulesOf(content)) });
  }
  // The deeper one has the last word.
  own.sort((a, b) => a.folder.length - b.folder.length);
  return (path, type) => {
    const end = type === 'folder' ? '/' : '';
    let ignored = false;
    if (suspect.test(path)) {
      fixed ??= ignore().add(always);
      ignored = fixed.ignores(path + end);
    }
    for (const { folder, rules } of own) {
      if (!path.startsWith(folder) || path === folder) continue;
      const result = rules.test(path.slice(folder.length) + end);
      if (result.ignored) ignored = true;
      else if (result.unignored) ignored = false;
    }
    return ignored;
  };
}
