// Writes docs/checks.md from what the rules say of themselves, docs/references.md from lib/systems/references, and
// docs/constructs/providers.md from lib/systems/external-secrets/providers.ts. With --check it only says whether the pages are theirs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleDescription } from '../lib/checks/finding';
import { limits } from '../lib/checks/limits';
import { rules } from '../lib/checks/rules';
import { type ProviderFacts, providers } from '../lib/systems/external-secrets/providers';
import { rows } from '../lib/systems/references';
import { pod } from '../lib/systems/references/kubernetes';
import type { Row } from '../lib/systems/references/row';
import { groupBy } from '../lib/text/group-by';

const systems: Readonly<Record<string, string>> = {
  backstage: 'Backstage',
  certmanager: 'cert-manager',
  cnpg: 'CloudNativePG',
  espalier: 'Suppressions',
  eso: 'External Secrets',
  flux: 'Flux',
  gateway: 'Gateway API',
  helm: 'Helm',
  policy: 'Policies of the tree',
  'pod-security': 'Pod security (off unless asked for)',
  references: 'References',
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
    return `## ${systems[system] ?? system}\n\n${ofSets[system] ?? ''}${own.map(section).join('\n')}`;
  });
  return `<!-- Made by \`npm run rules\` from lib/checks; change the rules, not this page. -->

# The rules of \`espalier check\`

${rules.length} rules. \`espalier explain RULE\` prints one of them; [check.md](check.md) tells how to turn them off.
[fix.md](fix.md) tells what \`espalier check --fix\` does about them.

${sections.join('\n')}
## What a tree does not tell

${limits.map((limit) => `- ${limit}`).join('\n')}
`;
}

/** What is said of a set that is off otherwise. */
const ofSets: Readonly<Record<string, string>> = {
  'pod-security':
    "These rules are off unless the configuration has `ruleSets: ['pod-security']`, or a command `--rules pod-security`. They hold for every container that pods are made of, init containers and sidecars included.\n\n",
};

function section({ id, severity, title, atRunTime, remedy, source, fixes, options = {} }: RuleDescription): string {
  const optionLines = Object.entries(options).map(
    ([name, usual]) => `- Option \`${name}\`: \`${JSON.stringify(usual)}\`\n`,
  );
  return `### ${id}

${escaped(title)} (${severity}).

- At run time: ${escaped(atRunTime)}
- Fix: ${escaped(remedy)}
${fixes === undefined ? '' : `- With \`--fix\`: ${escaped(fixes)}\n`}${optionLines.join('')}- Source: ${/^https:\/\//.test(source) ? `<${source}>` : source.startsWith('docs/') ? `[${source.slice(5)}](${source.slice(5)})` : escaped(source)}
`;
}

/** Texts of rules are plain: what Markdown would take for more than that is escaped, but code stays code. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[<>*_{}[\]$|]/g, (character) => `\\${character}`)))
    .join('');
}

/** The page of what refers to what. */
export function referencesPage(): string {
  // Kinds that refer to the same are told together.
  const kinds = groupBy(Object.entries({ 'pods, from their spec': pod, ...rows }), ([, own]) => own);
  const lines = [...kinds].flatMap(([own, of]) =>
    Object.entries(own).map(([path, row]) => referenceLine(of.map(([kind]) => short(kind)).join(', '), path, row)),
  );
  return `<!-- Made by \`npm run rules\` from lib/systems/references; change the rows, not this page. -->

# What refers to what

The fields that \`espalier check\` follows, by kind. \`[]\` stands for each entry of a list, \`*\` for any field, \`**\` for whatever field below
ends so. [check.md](check.md#what-it-does-not-say) tells when a target that the tree lacks is not reported.

| kind | field | refers to | reported by |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
}

function referenceLine(kind: string, path: string, { to, key, fixedKey, parts = [], rule, use }: Row): string {
  const within = [...(key === undefined && fixedKey === undefined ? [] : ['key']), ...parts.map(({ what }) => what)];
  const target = [to.map(short).join(', '), ...within].join(', its ');
  return `| ${kind} | \`${path}\` | ${target} | ${rule ?? (use === undefined ? 'references/missing' : 'secrets/missing')} |`;
}

/** A kind without the domain of its group, as people call it. */
function short(kind: string): string {
  return kind.replace(/^.*\//, '');
}

/** The page of what each provider of External Secrets does with references. */
export function providersPage(): string {
  return `<!-- Made by \`npm run rules\` from lib/systems/external-secrets/providers.ts; change the table there, not this page. -->

# Providers of External Secrets

What External Secrets 2.9 reads, finds and writes of each provider, and so what [a store](secret-stores.md) takes: \`store.at(key, { property, version })\`,
\`find\`, \`PushSecret\`. A provider with a \`/\` is a service of it that differs; \`named\` takes it as \`provider\`, constructs know it by their settings.

| provider | key | property | version | find by | PushSecret writes |
| --- | --- | --- | --- | --- | --- |
${Object.entries(providers).map(providerLine).join('\n')}
`;
}

function providerLine([name, facts]: [string, ProviderFacts]): string {
  const { title, read, extract, property, propertyOfWhole, properties, version, find } = facts;
  const { forms, types, formsOfWhole } = facts;
  const ofKey = [
    ...(forms ? [`as ${forms.map((form) => `\`${form.replaceAll('*', '…')}\``).join(', ')}`] : []),
    ...(formsOfWhole ? [`whole by \`${formsOfWhole.map((form) => form.replaceAll('*', '…')).join()}\``] : []),
    ...(types ? [`\`type\`: ${types.map((type) => `\`${type}\``).join(', ')}`] : []),
    ...(read === false ? ['not read'] : extract === false ? ['single values only'] : []),
  ];
  const ofWhole = propertyOfWhole && `of a whole secret ${propertyOfWhole}`;
  const cells = [
    `\`${name}\`: ${title}`,
    [facts.key, ...ofKey].join('; '),
    properties?.map((each) => `\`${each}\``).join(', ') ?? property ?? ofWhole,
    version,
    find && (find.length === 0 ? 'nothing: it finds all' : find.join(', ')),
    pushed(facts),
  ];
  return `| ${cells.map((cell) => cell ?? '–').join(' | ')} |`;
}

function pushed({ push, formsOfPush }: ProviderFacts): string | undefined {
  if (push === undefined) return undefined;
  const isSingle = push.property !== 'needed' && push.whole !== 'only';
  const what = [
    ...(isSingle ? ['values'] : []),
    ...(push.property ? ['properties'] : []),
    ...(push.whole ? ['whole Secrets'] : []),
  ];
  const form =
    formsOfPush &&
    formsOfPush.join() !== '*' &&
    `, to ${formsOfPush.map((each) => `\`${each.replaceAll('*', '…')}\``).join(', ')}`;
  const without = [
    ...(push.ifNotExists === false ? ['`IfNotExists`'] : []),
    ...(push.ifNotExists === 'secret' ? ['`IfNotExists` of several properties'] : []),
    ...(push.delete === false ? ['`deletionPolicy: Delete`'] : []),
  ];
  return what.join(', ') + (form || '') + (without.length > 0 ? `; no ${without.join(', no ')}` : '');
}

const pages = {
  'checks.md': checksPage,
  'references.md': referencesPage,
  'constructs/providers.md': providersPage,
};

if (require.main === module) {
  for (const [name, make] of Object.entries(pages)) {
    const page = join(__dirname, '..', 'docs', name);
    if (!process.argv.includes('--check')) writeFileSync(page, make());
    else if (readFileSync(page, 'utf8') !== make()) {
      console.error(`docs/${name} is not what lib says: run npm run rules and commit the result.`);
      process.exitCode = 1;
    }
  }
}
