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

/**
 * Whether Flux leaves a file or folder behind: by those rules and by the `.sourceignore` files, whose rules are .gitignore's and
 * count from where they lie.
 */
export function sourceIgnore(
  paths: readonly string[],
  read: (path: string) => unknown,
): (path: string, type: SourceEntry['type']) => boolean {
  // Required here: a synth that checks nothing does not load it.
  const ignore = require('ignore') as typeof import('ignore');
  const rules = [{ folder: '', rules: ignore().add(always) }];
  for (const path of paths) {
    if (path !== '.sourceignore' && !path.endsWith('/.sourceignore')) continue;
    const content = read(path);
    if (!(content instanceof Uint8Array)) continue;
    const folder = path.slice(0, -'.sourceignore'.length);
    rules.push({ folder, rules: ignore().add(Buffer.from(content).toString('utf8')) });
  }
  // The deeper one has the last word.
  rules.sort((a, b) => a.folder.length - b.folder.length);
  return (path, type) => {
    let ignored = false;
    for (const { folder, rules: own } of rules) {
      if (!path.startsWith(folder) || path === folder) continue;
      const below = path.slice(folder.length);
      const result = own.test(type === 'folder' ? `${below}/` : below);
      if (result.ignored) ignored = true;
      else if (result.unignored) ignored = false;
    }
    return ignored;
  };
}
