import { configure, settingsFault } from '../checks/configure';
import { describeRule } from '../checks/describe-rule';
import type { RuleDescription } from '../checks/finding';
import { ruleSets } from '../checks/index';
import { describeOwn } from '../checks/own-checks';
import { rules as rulesOfOurs } from '../checks/rules';
import { EspalierError } from '../errors';
import { pageFor, paragraph } from '../report/page';
import { type ConfiguredRule, optionsOf, rulesJson } from '../report/rules';
import { compareText } from '../text/compare';
import { nearest } from '../text/nearest';
import type { Command } from './command';
import { readConfig } from './config';
import { paint, print } from './terminal';

const help = `espalier explain [RULE]: what a rule means, what happens at run time and how to fix it.

Usage: espalier explain [RULE] [options]

  RULE            a rule such as eso/two-owners, or a system such as eso; without one, all rules are listed
  --format FORMAT text or json (default: text)
  --config FILE   the configuration, whose own rules are explained, too (default: espalier.config.* in the working directory)
  --trace         print the stack trace of an error

Exit codes: 0 explained; 2 there is no such rule.

Example: espalier explain eso/optional-key-template`;

export const explain: Command = {
  help,
  positionals: 1,
  offers: ['rule'],
  options: { format: { type: 'string', choices: ['text', 'json'] }, config: { type: 'string' } },
  async run({ positionals: [name], values }) {
    const { config } = await readConfig(values.config as string | undefined, process.cwd(), settingsFault);
    const rules = [...rulesOfOurs, ...(config.ownRules ?? []).map(describeOwn)].sort((a, b) => compareText(a.id, b.id));
    const { checks, severities } = configure(config);
    const configured = ({ id, severity }: RuleDescription): ConfiguredRule => ({
      severity: severities.get(id) ?? severity,
      options: checks.find((check) => check.id === id)?.options ?? {},
    });
    const rule = rules.find(({ id }) => id === name);
    if (rule !== undefined) {
      const told = describeRule(rule);
      print(values.format === 'json' ? rulesJson([told], configured) : explained(told, configured(told)));
      return 0;
    }
    const listed = name === undefined ? rules : rules.filter(({ id }) => id.startsWith(`${name}/`));
    if (listed.length === 0) {
      const near = nearest(
        name ?? '',
        rules.map(({ id }) => id),
      );
      throw new EspalierError(
        `there is no rule ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : '.'} \`espalier explain\` lists all rules.`,
      );
    }
    if (values.format === 'json') {
      print(rulesJson(listed.map(describeRule), configured));
      return 0;
    }
    const width = Math.max(...listed.map(({ id }) => id.length));
    print(listed.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}`).join('\n'));
    return 0;
  },
};

function explained(rule: RuleDescription, configured: ConfiguredRule): string {
  const { id, severity, title, atRunTime, remedy, source, fixes } = rule;
  const page = pageFor({ color: false, width: process.stdout.columns });
  const line = (lead: string, text: string) => lead + paragraph(text, page, lead.length).join('\n');
  const options = optionsOf(rule, configured).map(({ name, default: usual, configured: given }) => {
    const own = given === usual ? '' : `; ${JSON.stringify(given)} in the configuration`;
    return `${name}: ${JSON.stringify(usual)}${own}`;
  });
  const [set = ''] = id.split('/');
  const why = configured.severity === 'off' && set in ruleSets ? `unless ruleSets has ${set}` : 'in the configuration';
  return `${paint('bold', id)} (${severity}${configured.severity === severity ? '' : `; ${configured.severity} ${why}`})
${line('', title)}

${line('At run time:  ', atRunTime)}
${line('Fix:          ', remedy)}
${fixes === undefined ? '' : `${line('With --fix:   ', fixes)}\n`}${options.map((option) => `${line('Option:       ', option)}\n`).join('')}${line('Source:       ', source)}

To turn it off for one object, with the reason:

  metadata:
    annotations:
      espalier/ignore: |
        ${id}: …

For the whole tree, in espalier.config.ts:

  export default { rules: { '${id}': 'off' } };`;
}
