import type { Finding, FindingFix, Result, RuleDescription, Severity, Unknown } from '../checks/finding';
import { jsonText } from '../graph/masking/printable';
import { groupBy } from '../text/group-by';
import { chainLine, clustersLine, kustomizationsLine, rulesOf, worst } from './findings';
import { fingerprints } from './fingerprint';
import type { Format } from './format';
import { withCode } from './markdown-text';
import { uriOf } from './uri';

/**
 * GitHub refuses a run of more results, and shows 5,000 of them
 * (https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit).
 */
const maximum = 25_000;

/** The form that code scanning takes: GitHub, GitLab, Azure DevOps, editors (https://docs.oasis-open.org/sarif/sarif/v2.1.0). */
export const sarif: Format = {
  fromTop: true,
  tellsFixes: true,
  render(result, { version }) {
    const rules = rulesOf(result);
    const findings = worst(result.findings, maximum);
    return jsonText({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'espalier', version, rules: rules.map(reportingDescriptor) } },
          // A run that could not look at all ends without a report.
          invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(result) }],
          originalUriBaseIds: {
            [root]: {
              description: { text: 'The top of the repository; outside of one, the folder that espalier was run in.' },
            },
          },
          columnKind: 'utf16CodeUnits',
          results: results(findings, rules),
        },
      ],
    });
  },
};

const root = '%SRCROOT%';

function levelOf(severity: Severity): 'error' | 'warning' | 'note' {
  return severity === 'info' ? 'note' : severity;
}

function reportingDescriptor({ id, severity, title, atRunTime, remedy, source }: RuleDescription) {
  const address = /^https?:\/\/\S+$/.test(source) && URL.canParse(source) ? new URL(source).href : undefined;
  const parts = [
    { label: 'At run time', text: atRunTime, markdown: withCode(atRunTime) },
    { label: 'Fix', text: remedy, markdown: withCode(remedy) },
    { label: 'Source', text: source, markdown: address === undefined ? withCode(source) : `<${address}>` },
  ].filter(({ text }) => text !== '');
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: title },
    ...(atRunTime === '' ? {} : { fullDescription: { text: atRunTime } }),
    help: {
      text: parts.map(({ label, text }) => `${label}: ${text}`).join('\n'),
      markdown: parts.map(({ label, markdown }) => `**${label}:** ${markdown}`).join('\n\n'),
    },
    ...(address === undefined ? {} : { helpUri: address }),
    defaultConfiguration: { level: levelOf(severity) },
    properties: { tags: [id.split('/')[0]] },
  };
}

/** `eso/two-owners` is `EsoTwoOwners`: the standard wants a name that reads like an identifier (3.49.7). */
function nameOf(id: string): string {
  const words = id.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

function results(findings: readonly Finding[], rules: readonly RuleDescription[]) {
  const byId = new Map(rules.map((rule, index) => [rule.id, { index, remedy: rule.remedy }]));
  const prints = fingerprints(findings);
  return findings.map((finding, i) => {
    const { rule, severity, file, line, column, object, clusters, kustomizations } = finding;
    const known = byId.get(rule);
    return {
      ruleId: rule,
      ruleIndex: known?.index,
      level: levelOf(severity),
      message: { text: messageText(finding, known?.remedy) },
      locations: [
        {
          physicalLocation: physicalLocation(file, { startLine: line, startColumn: column }),
          ...(object === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: object, kind: 'resource' }] }),
        },
      ],
      ...(finding.fix === undefined || finding.fix.edits.length === 0 ? {} : { fixes: [fixOf(finding.fix)] }),
      // A key of our own: GitHub's upload action makes primaryLocationLineHash itself, and warns of every one that differs.
      partialFingerprints: { 'espalier/v1': prints[i] },
      ...(clusters.length > 0 || kustomizations ? { properties: { clusters, kustomizations } } : {}),
    };
  });
}

/** What a fix replaces, by file (3.55 to 3.57). */
function fixOf({ title, edits }: FindingFix) {
  return {
    description: { text: title },
    artifactChanges: [...groupBy(edits, ({ file }) => file)].map(([file, own]) => ({
      artifactLocation: artifactLocation(file),
      replacements: own.map(({ start, end, text }) => ({
        deletedRegion: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
        insertedContent: { text },
      })),
    })),
  };
}

/** The rule's remedy stands in its help; a finding's own has no other place. */
function messageText(finding: Finding, remedyOfRule: string | undefined): string {
  const remedy = finding.remedy === remedyOfRule ? undefined : `Fix: ${finding.remedy}`;
  const lines = [finding.message, chainLine(finding), clustersLine(finding), kustomizationsLine(finding), remedy];
  return withoutLinks(lines.filter((line) => line !== undefined).join('\n'));
}

/** `[text](target)` in a message is a link (3.11.6): nothing of the tree is meant as one. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '\\](');
}

function physicalLocation(
  file: string,
  region: { readonly startLine: number; readonly startColumn?: number } | undefined,
) {
  return { artifactLocation: artifactLocation(file), ...(region === undefined ? {} : { region }) };
}

function artifactLocation(file: string) {
  if (file.startsWith('/')) return { uri: `file://${uriOf(file)}` };
  if (/^[A-Za-z]:\//.test(file)) return { uri: `file:///${file.slice(0, 2)}${uriOf(file.slice(2))}` };
  return { uri: uriOf(file), uriBaseId: root };
}

function notifications({ findings, unknowns }: Result) {
  const left = findings.length - maximum;
  const text = `${left} findings are left out: code scanning takes ${maximum}. espalier check --format json has them all.`;
  return [...(left > 0 ? [{ level: 'warning', message: { text } }] : []), ...unknowns.map(notification)];
}

function notification({ message, file, line }: Unknown) {
  const region = line === undefined ? undefined : { startLine: line };
  return {
    level: 'note',
    message: { text: withoutLinks(message) },
    ...(file === undefined ? {} : { locations: [{ physicalLocation: physicalLocation(file, region) }] }),
  };
}
