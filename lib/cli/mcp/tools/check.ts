import { readBaseline } from '../../../checks/check-synthesized';
import type { Finding } from '../../../checks/finding';
import { runChecksTraced } from '../../../checks/run';
import { EspalierError } from '../../../errors';
import type { Graph } from '../../../graph/graph';
import { shownPath } from '../../../graph/shown-path';
import { nearest } from '../../../text/nearest';
import { slashes } from '../../../tree/source';
import { type Access, number, object, page, pageInput, pageOf, type Tool, text, texts, treeInput } from '../tool';

/** What `check` finds, counted first. */
export const check: Tool = {
  name: 'check',
  title: 'Check a Flux tree',
  description:
    'Finds what would fail, or do something else than was meant, once Flux applies the tree: missing Secrets and keys, wrong references, values that the API server or a webhook refuses. Each finding has its rule, file, line and fix. Run it before and after a change.',
  input: {
    ...treeInput,
    rule: {
      type: 'string',
      description: 'Only this rule, such as eso/two-owners, or the rules of a system, such as eso',
    },
    file: { type: 'string', description: 'Only findings in this file' },
    ...pageInput,
  },
  output: object({
    counts: object({
      errors: number,
      warnings: number,
      infos: number,
      suppressed: number,
      notJudged: number,
      files: number,
    }),
    rules: { type: 'object', additionalProperties: number },
    findings: pageOf(
      object(
        {
          rule: text,
          severity: text,
          message: text,
          fix: text,
          file: text,
          line: number,
          column: number,
          canFix: text,
          object: text,
          chain: texts,
        },
        ['rule', 'severity', 'message', 'fix', 'file', 'line', 'column', 'chain'],
      ),
    ),
  }),
  readOnly: true,
  async run(args, { graph: read, settings, inside }) {
    const only = chosenRules(args.rule as string | undefined, settings.checks);
    const baseline = settings.baseline === undefined ? undefined : readBaseline(settings.baseline);
    const { checks, severities } = settings;
    const graph = await read(args);
    const wanted = args.file === undefined ? undefined : fileCalled(String(args.file), inside, graph);
    const result = await runChecksTraced(graph, { checks, severities, only, baseline });
    const all = result.findings.filter(({ file }) => wanted === undefined || file === wanted);
    const of = (severity: Finding['severity']) => all.filter((one) => one.severity === severity).length;
    const rules: Record<string, number> = {};
    for (const { rule } of all) rules[rule] = (rules[rule] ?? 0) + 1;
    return {
      counts: {
        errors: of('error'),
        warnings: of('warning'),
        infos: of('info'),
        suppressed: result.counts.suppressed,
        notJudged: result.notJudged.length,
        files: result.counts.files,
      },
      rules,
      findings: page(
        all.map(({ rule, severity, message, remedy, fix, file, line, column, object, chain }) => ({
          rule,
          severity,
          message,
          fix: remedy,
          file,
          line,
          column,
          ...(fix !== undefined && fix.edits.length > 0 && { canFix: fix.title }),
          ...(object !== undefined && { object }),
          chain,
        })),
        args,
      ),
    };
  },
};

/** A file as findings name it: who misspells one must not take it for faultless. @throws EspalierError where the tree has none */
function fileCalled(given: string, inside: Access['inside'], { tree }: Graph): string {
  const files = [...tree.files.keys()].map((path) => shownPath(tree, path));
  const name = slashes(inside(given));
  if (files.includes(name)) return name;
  const near = nearest(name, files);
  throw new EspalierError(
    `${JSON.stringify(given)} is no YAML file of the tree${near === undefined ? '. The tool search tells in which file an object is.' : `; did you mean ${near}?`}`,
  );
}

/** @throws EspalierError where there is no such rule */
export function chosenRules(
  name: string | undefined,
  checks: readonly { readonly id: string }[],
): ReadonlySet<string> | undefined {
  if (name === undefined) return undefined;
  const ids = checks.map(({ id }) => id);
  const found = ids.filter((id) => id === name || id.startsWith(`${name}/`));
  if (found.length > 0) return new Set(found);
  const near = nearest(name, ids);
  throw new EspalierError(
    `there is no rule ${JSON.stringify(name)}${near === undefined ? '. The tool explain lists all rules.' : `; did you mean ${near}?`}`,
  );
}
