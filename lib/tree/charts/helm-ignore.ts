import { goMatches } from '../../systems/go-pattern';
import { memoizeText } from '../../text/memoize';

/** Whether Helm leaves a file or folder of a chart's folder behind, given its path below the chart. */
export type HelmIgnore = (path: string, isFolder: boolean) => boolean;

interface Pattern {
  readonly negated: boolean;
  readonly ofFolders: boolean;
  matches(path: string): boolean;
}

/**
 * What `.helmignore` says, as Helm reads it (v4.2 pkg/ignore/rules.go): not as Git does. The first pattern that fits decides, and one
 * with an exclamation mark leaves behind all that it does not fit.
 */
export function helmIgnore(text: string): HelmIgnore {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const patterns = [...lines, 'templates/.?*']
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const parsed = patterns.map(parsePattern);
  return (path, isFolder) => {
    for (const { negated, ofFolders, matches } of parsed) {
      const skipped = ofFolders && !isFolder;
      if (negated ? skipped || !matches(path) : !skipped && matches(path)) return true;
    }
    return false;
  };
}

function parsePattern(text: string): Pattern {
  const negated = text.startsWith('!');
  const ofFolders = text.endsWith('/');
  const glob = text.slice(negated ? 1 : 0, ofFolders ? -1 : undefined);
  const fits = matcher(glob.replace(/^\//, ''));
  const ofNames = !glob.includes('/');
  return {
    negated,
    ofFolders,
    matches: (path) => fits(ofNames ? path.slice(path.lastIndexOf('/') + 1) : path),
  };
}

/** Most patterns are so plain that nothing has to be loaded for them, and no text takes long. */
const matcher = memoizeText((glob): ((text: string) => boolean) => {
  const pattern = regularExpression(glob);
  if (/[[\\]|\*.*\*.*\*/.test(glob)) return (text) => goMatches(pattern, text) === true;
  const plain = new RegExp(pattern, 'su');
  return (text) => plain.test(text);
});

/** A pattern of Go's filepath.Match as a regular expression. */
const regularExpression = memoizeText((glob) => {
  const parts = glob.match(/\\.|\[\^?(?:\\.|[^\]\\])+\]|[\s\S]/g) ?? [];
  const translated = parts.map((part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.length > 1 ? part : part.replace(/[.+(){}^$|[\]\\]/, '\\$&');
  });
  return `^(?:${translated.join('')})$`;
});
