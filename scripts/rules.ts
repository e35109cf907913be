// Writes docs/checks.md from what the rules say of themselves. With --check it only says whether the page is theirs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleDescription } from '../lib/checks/finding';
import { limits } from '../lib/checks/limits';
import { rules } from '../lib/checks/rules';
import { groupBy } from '../lib/text/group-by';

const systems: Readonly<Record<string, string>> = {
  backstage: 'Backstage',
  cnpg: 'CloudNativePG',
  espalier: 'Suppressions',
  eso: 'External Secrets',
  flux: 'Flux',
  schema: 'Schemas',
  secrets: 'Secrets and ConfigMaps',
  security: 'Credentials',
  substitution: 'Variables (postBuild)',
  tree: 'Files and kustomizations',
  vault: 'Vault',
  workload: 'Workloads',
};

/** The page. */
export function checksPage(): string {
  const bySystem = groupBy(rules, ({ id }) => id.split('/')[0] ?? '');
  const sections = [...bySystem].map(([system, own]) => {
    return `## ${systems[system] ?? system}\n\n${own.map(section).join('\n')}`;
  });
  return `<!-- Made by \`npm run rules\` from lib/checks; change the rules, not this page. -->

# The rules of \`espalier check\`

${rules.length} rules. \`espalier explain RULE\` prints one of them; [check.md](check.md) tells how to turn them off.

${sections.join('\n')}
## What a tree does not tell

${limits.map((limit) => `- ${limit}`).join('\n')}
`;
}

function section({ id, severity, title, atRunTime, remedy, source }: RuleDescription): string {
  return `### ${id}

${escaped(title)} (${severity}).

- At run time: ${escaped(atRunTime)}
- Fix: ${escaped(remedy)}
- Source: ${/^https:\/\//.test(source) ? `<${source}>` : source.startsWith('docs/') ? `[${source.slice(5)}](${source.slice(5)})` : escaped(source)}
`;
}

/** Texts of rules are plain: what Markdown would take for more than that is escaped, but code stays code. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[<>*_{}[\]$|]/g, (character) => `\\${character}`)))
    .join('');
}

if (require.main === module) {
  const page = join(__dirname, '..', 'docs', 'checks.md');
  if (!process.argv.includes('--check')) writeFileSync(page, checksPage());
  else if (readFileSync(page, 'utf8') !== checksPage()) {
    console.error('docs/checks.md is not what the rules say: run npm run rules and commit the result.');
    process.exitCode = 1;
  }
}
