/** A field, or an item of a list. */
const yamlLine = /^\s*(?:- \s*)*(?:- \S.*|["']?(?:[A-Za-z_.&*$<{][^\s:'"]*|\d+)["']?:(?: .*)?)$/;

/** Words before a colon that begin a sentence. */
const notKeys =
  /^\s*(?:todo|notes?|nb|fixme|xxx|hack|warning|warn|caution|important|info|see|refs?|reference|source|docs?|example|e\.g\.|ex|default):/i;

/** What tools read. */
const directive =
  /^\s*(?:\{"\$\w+"|(?:renovate|checkov|trivy|kics-scan|nosemgrep|pragma|yaml-language-server):|(?:yamllint|prettier-ignore|kics-scan|nosec|nolint)\b|@\w+)/i;

/** Whether a comment is YAML that is out of use, as far as one can tell: most of its lines are fields or items. */
export function isUnused(lines: readonly string[]): boolean {
  const said = lines.filter((line) => line.trim() !== '');
  if (said.some((line) => directive.test(line))) return false;
  const fields = said.filter((line) => yamlLine.test(line) && !notKeys.test(line));
  return fields.length * 2 > said.length && !fields.every((line) => sentence.test(line));
}

/** After its colon or dash. */
const sentence = /^\s*(?:- )?(?:\S+:)?(?: [A-Za-z',()]+){5,}[.!?]?$/;
