import type { CheckSettings } from '../rules/settings';
import type { Finding } from './finding';

/** What cdk8s hands to a validation plugin (cdk8s-cli, plugins/validation.ts): as much of it as is used here. */
export interface ValidationContext {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly {
        readonly resourceName: string;
        readonly manifestPath: string;
        readonly locations: readonly string[];
      }[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

/**
 * Espalier as a validation plugin of cdk8s: `cdk8s synth` checks what any app has written, also one without a construct of
 * Espalier's. Its properties are those of the checks: `rules`, `external`, `schemas` and `failOn`.
 *
 * @example
 * # cdk8s.yaml
 * validations:
 *   - package: ./node_modules/cdk8s-espalier
 *     version: 0.1.0
 *     class: EspalierValidation
 */
export class EspalierValidation {
  constructor(private readonly settings: CheckSettings = {}) {}

  async validate({ manifests, report }: ValidationContext): Promise<void> {
    const folder = folderOf(manifests);
    if (folder === undefined) {
      report.submit('success', { checked: 'nothing: there are no manifests' });
      return;
    }
    // Loaded here: who imports this library hardly ever wants to validate another app's output.
    const { checkFolder } = require('./check-folder') as typeof import('./check-folder');
    const { findings, counts } = await checkFolder(folder, this.settings);
    for (const finding of findings) report.addViolation(violation(finding));
    const { failOn = 'error' } = this.settings;
    const failed = findings.some(({ severity }) => (severity === 'error' ? failOn !== 'never' : severity === failOn));
    report.submit(failed ? 'failure' : 'success', { resources: String(counts.resources) });
  }
}

function violation({ rule, message, remedy, object, file, line, column }: Finding) {
  return {
    ruleName: rule,
    recommendation: message,
    fix: remedy,
    violatingResources: [
      { resourceName: object ?? file, manifestPath: file, locations: [`line ${line}, column ${column}`] },
    ],
  };
}

/** The folder that all manifests lie in; undefined when there are none. */
function folderOf(manifests: readonly string[]): string | undefined {
  const [first, ...others] = manifests.map((path) => path.split(/[\\/]/).slice(0, -1));
  if (first === undefined) return undefined;
  const shared = others.reduce((common, segments) => {
    const end = common.findIndex((segment, i) => segment !== segments[i]);
    return end < 0 ? common : common.slice(0, end);
  }, first);
  return shared.join('/') || '/';
}
