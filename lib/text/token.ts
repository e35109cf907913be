/** Where a key, or a value of one line, ends that begins somewhere in a line of YAML: its quotes included, what follows it not. */
export function tokenEnd(line: string, from: number): number {
  const quote = line[from];
  if (quote === '"' || quote === "'") {
    const quoted = quote === '"' ? /"(?:[^"\\]|\\.)*"/y : /'(?:[^']|'')*'/y;
    quoted.lastIndex = from;
    if (quoted.test(line)) return quoted.lastIndex;
  }
  // The braces of a variable are the value's own.
  const rest = line.slice(from).replace(variable, (text) => 'x'.repeat(text.length));
  const end = rest.search(/:(?=\s|$)|\s+#|\s*[,}\]](?=[\s,}\]]|$)|\s*$/);
  return from + Math.max(end, Math.min(rest.length, 1));
}

/** `${NAME}`, `${NAME:-${OTHER}}`. */
const variable = /\$\{(?:[^{}]|\$\{[^{}]*\})*\}/g;
