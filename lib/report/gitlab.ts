import { jsonText } from '../graph/masking/printable';
import { chainLine } from './findings';
import { fingerprints } from './fingerprint';
import type { Format } from './format';

const severities = { error: 'major', warning: 'minor', info: 'info' } as const;

/**
 * The code quality report of GitLab, for `artifacts: reports: codequality`: a merge request shows what its branch brings and takes
 * away, by fingerprints. An empty list says that nothing is wrong (https://docs.gitlab.com/ci/testing/code_quality, GitLab 18).
 */
export const gitlab: Format = {
  fromTop: true,
  render({ findings }) {
    const prints = fingerprints(findings);
    return jsonText(
      findings.map((finding, i) => ({
        description: [finding.message, chainLine(finding), `Fix: ${finding.remedy}`]
          .filter((line) => line !== undefined)
          .join('; '),
        check_name: finding.rule,
        fingerprint: prints[i],
        severity: severities[finding.severity],
        location: { path: finding.file, lines: { begin: finding.line } },
      })),
    );
  },
};
