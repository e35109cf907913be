import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding } from '../../checks/finding';
import { push } from '../../text/group-by';
import { sentence } from '../../text/sentence';
import { generated } from '../../tree/generated';
import type { Checked, EditedTree } from './edited-tree';
import { rangeAt } from './positions';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** The findings of each file as an editor shows them, by path below the root. */
export function diagnosticsOf(tree: EditedTree, checked: Checked): ReadonlyMap<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  for (const finding of checked.findings) push(found, finding.file, diagnosticOf(finding, tree, checked));
  return found;
}

export function diagnosticOf(finding: Finding, tree: EditedTree, { graph, rules }: Checked): Diagnostic {
  const { rule, severity, message, remedy, file, clusters } = finding;
  const source = rules.get(rule)?.source ?? '';
  const where =
    clusters.length === 0 ? '' : ` (${clusters.length === 1 ? 'cluster' : 'clusters'} ${clusters.join(', ')})`;
  const made = generated(graph.tree, file);
  const instead = `${file} is generated: change ${made?.by ?? 'the code that makes it'}, and run espalier synth.`;
  return {
    range: rangeAt(tree.file(file), finding),
    severity: severities[severity],
    source: 'espalier',
    code: rule,
    ...(/^https:/.test(source) && { codeDescription: { href: source } }),
    message: `${sentence(`${message}${where}`)}\n${made === undefined ? remedy : instead}`,
  };
}
