/**
 * What the comments of a values.yaml say of its keys: the lines right above a key, by the conventions of helm-docs (`# -- text`,
 * https://github.com/norwoodj/helm-docs), of Bitnami's readme-generator (`## @param path text`,
 * https://github.com/bitnami/readme-generator-for-helm) and of helm-schema (a block between `# @schema`,
 * https://github.com/dadav/helm-schema), or of nobody.
 */
export class Comments {
  private readonly lines: readonly string[];
  /** What `@param` says, by path. */
  private readonly params = new Map<string, string>();

  constructor(text: string) {
    this.lines = text.split(/\r?\n/);
    for (const line of this.lines) {
      const [, path, said] = /^\s*#+\s*@param\s+(\S+)\s+(?:\[[^\]]*\]\s*)?(.*)$/.exec(line) ?? [];
      if (path !== undefined && said) this.params.set(path, said.trim());
    }
  }

  /**
   * @param line of the key, counted from 0
   * @param column of the key
   */
  of(path: readonly string[], line: number, column: number): string | undefined {
    const param = this.params.get(path.map((key) => key.replaceAll('.', '\\.')).join('.'));
    if (param !== undefined) return param;
    const above = this.above(line, column);
    const marked = above.findLastIndex((each) => /^\s?--(?:\s|$)/.test(each));
    const told = marked < 0 ? prose(withoutSchema(above)) : markedText(above.slice(marked));
    const said = told
      .filter((each) => !/^\s*@/.test(each))
      .map((each) => each.trim())
      .join('\n')
      .trim();
    return said === '' ? this.behind(line) : said;
  }

  /** The comments right above a line, at the same column, without their signs. */
  private above(line: number, column: number): string[] {
    const found: string[] = [];
    for (let i = line - 1; i >= 0; i -= 1) {
      const [, indent, content] = /^(\s*)#+(.*)$/.exec(this.lines[i] ?? '') ?? [];
      if (content === undefined || indent?.length !== column) break;
      found.unshift(content);
    }
    return found;
  }

  /** `key: value # -- text`. */
  private behind(line: number): string | undefined {
    return /\s#+\s*--\s+(.*)$/.exec(this.lines[line] ?? '')?.[1]?.trim();
  }
}

/** helm-docs: a description after `--`, with its type and further lines; tags such as `@default --` end it. */
function markedText([first = '', ...more]: readonly string[]): string[] {
  const end = more.findIndex((each) => /^\s*@/.test(each));
  return [first.replace(/^\s?--\s*(?:\([\w/]+\)\s*)?/, ''), ...(end < 0 ? more : more.slice(0, end))];
}

/** helm-schema: what lies between two lines `@schema` is YAML; others have all of it in one line. */
function withoutSchema(lines: readonly string[]): string[] {
  let within = false;
  return lines.filter((each) => {
    if (!/^\s*@schema(?:\.\w+)?\s*$/.test(each)) return !within;
    within = !within;
    return false;
  });
}

/** The last lines that are no YAML: an example that is commented out belongs to the key before, or is none to be read as a text. */
function prose(lines: readonly string[]): readonly string[] {
  return lines.slice(lines.findLastIndex(isYaml) + 1);
}

function isYaml(line: string): boolean {
  if (/^\s{2,}\S/.test(line) || /^\s?-(?:\s|$)/.test(line)) return true;
  const [, key, value] = /^\s?([\w."'/-]+):(?:\s+(.*))?$/.exec(line) ?? [];
  if (key === undefined) return false;
  // A sentence may begin like a key: `NOTE: …`, `ref: https://…`.
  return (
    /^[a-z"']/.test(key) &&
    !/^(?:ref|see|note|default|example|e\.g|i\.e|warning|todo|https?)$/i.test(key) &&
    !/^https?:/.test(value ?? '')
  );
}
