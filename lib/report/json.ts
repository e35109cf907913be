import type { Finding, FindingFix, NotJudged, Result, Unknown } from '../checks/finding';
import { jsonText } from '../graph/masking/printable';
import type { Format } from './format';
import { tally } from './summary';

/** The shape of `--format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface JsonReport {
  readonly version: 1;
  /** Sorted by file, line, column, rule and message. `object` is absent when the fault is no object's; lists may be empty. */
  readonly findings: readonly Finding[];
  /** What could not be judged; `file` and `line` as far as they are known. */
  readonly unknowns: readonly Unknown[];
  /** What would be a finding if nothing that the tree does not show made it right: what is missing, what refers to it, and why it may be there. */
  readonly notJudged: readonly NotJudged[];
  /** The names of the clusters that were checked. */
  readonly clusters?: readonly string[];
  readonly counts: Result['counts'] & {
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    readonly notJudged: number;
  };
}

/** For programs. */
export const json: Format = {
  tellsFixes: true,
  render({ findings, unknowns, notJudged, clusters, counts }) {
    const report: JsonReport = {
      version: 1,
      findings: findings.map(findingData),
      unknowns: unknowns.map(({ message, file, line }) => ({ message, file, line })),
      notJudged: notJudged.map(notJudgedData),
      clusters,
      counts: {
        errors: tally(findings, 'error'),
        warnings: tally(findings, 'warning'),
        infos: tally(findings, 'info'),
        notJudged: notJudged.length,
        suppressed: counts.suppressed,
        known: counts.known,
        files: counts.files,
        documents: counts.documents,
        resources: counts.resources,
        kustomizations: counts.kustomizations,
        clusters: counts.clusters,
      },
    };
    return jsonText(report);
  },
};

/** Field by field: what a finding has beside these is nobody's promise. */
export function findingData(finding: Finding): Finding {
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    remedy: finding.remedy,
    fix: finding.fix && fixData(finding.fix),
    file: finding.file,
    line: finding.line,
    column: finding.column,
    object: finding.object,
    chain: finding.chain,
    places: finding.places,
    clusters: finding.clusters,
    kustomizations: finding.kustomizations,
    frame: finding.frame.map(({ number, text }) => ({ number, text })),
  };
}

function fixData({ title, edits, instead }: FindingFix): FindingFix {
  return { title, edits: edits.map(({ file, start, end, text }) => ({ file, start, end, text })), instead };
}

function notJudgedData(one: NotJudged): NotJudged {
  const { rule, kind, namespace, name, key, object, file, line, column, why, clusters } = one;
  return { rule, kind, namespace, name, key, object, file, line, column, why, clusters };
}
