/**
 * What kustomize complains of, in one line: without the paths of the copy that it worked on, and without what it quotes, which may
 * be a Secret's.
 *
 * @param root where the copy lay
 */
export function complaintOf(stderr: string, root: string): string {
  const text = unwrapped(stderr.slice(0, 20_000))
    .replaceAll(`${root}/`, '')
    .replaceAll(root, '.')
    // Its way through the folders; what went wrong stands at the end of it.
    .replace(/^.*recursed accumulation of path '[^']*': /s, '')
    .replace(/accumulation err='[^']*(?:'[^']*'[^']*)*': (?=\S)/g, '')
    .replace(/^(?:accumulating resources: )+/, '')
    .replace(/`[^`]*`/g, '…')
    .replace(/\[patch: .*\]/gs, 'the patch')
    .replace(/(?:\[?\{|\bvalue: ).*$/s, '…')
    .replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => (/^"[\w./[\]:-]*"$/.test(quoted) ? quoted : '"…"'))
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
const longest = 300;

/** kubectl prints a log line with the error quoted, or over several lines; kustomize `Error: …`. */
function unwrapped(stderr: string): string {
  const [, block] = /\berr=<\n(.*?)\n >/s.exec(stderr) ?? [];
  if (block !== undefined) return block;
  const [, quoted] = /\berr=("(?:[^"\\]|\\.)*")/.exec(stderr) ?? [];
  if (quoted !== undefined) return unquoted(quoted);
  const lines = stderr.split('\n').filter((line) => !line.startsWith('# Warning'));
  return lines.join('\n').replace(/^Error: /, '');
}

function unquoted(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}
