import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';

/** Words before a colon that begin a sentence. */
const notKeys =
  /^(?:todo|notes?|nb|fixme|xxx|hack|warning|warn|caution|important|info|see|refs?|reference|source|docs?|example|e\.g\.|ex|default)$/i;

/** What tools read. */
const directive =
  /^\s*(?:\{"\$\w+"|(?:renovate|checkov|trivy|kics-scan|nosemgrep|pragma|yaml-language-server):|(?:yamllint|prettier-ignore|kics-scan|nosec|nolint)\b|@\w+)/i;

/** Whether a comment is YAML that is out of use, as far as one can tell: it is a map or a list, and nothing in it reads as a sentence. */
export function isUnused(lines: readonly string[]): boolean {
  if (lines.some((line) => directive.test(line))) return false;
  const { contents, errors } = parseDocument(lines.join('\n'), { uniqueKeys: false, logLevel: 'silent' });
  return errors.length === 0 && isCollection(contents) && looksLikeYaml(contents);
}

function isCollection(node: unknown): boolean {
  return isMap(node) || isSeq(node);
}

function looksLikeYaml(node: Node | null): boolean {
  if (isSeq<Node>(node))
    return node.items.every((item) => (isCollection(item) ? looksLikeYaml(item) : !hasWords(item, 2)));
  if (!isMap<Node, Node>(node)) return false;
  return node.items.every(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : '';
    if (isScalar(key) && /\s/.test(name)) return false;
    if (isCollection(value)) return true;
    // Fields begin with a small letter; variables of the environment are of capitals.
    return (
      !notKeys.test(name) && !hasWords(value, /^[A-Z]/.test(name) ? 2 : 4) && !(isEmpty(value) && /^[A-Z]/.test(name))
    );
  });
}

function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

/** Whether a text without quotation marks has so many words. */
function hasWords(node: Node | null, least: number): boolean {
  if (!isScalar(node) || node.type !== 'PLAIN' || typeof node.value !== 'string') return false;
  return (
    node.value.split(/\s+/).filter((word) => /^[\p{L}\p{N}'(#"][\p{L}\p{N}\p{M}',()/:.!?;"#-]*$/u.test(word)).length >=
    least
  );
}
