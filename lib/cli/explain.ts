import { settingsFault } from '../checks/configure';
import { describeRule } from '../checks/describe-rule';
import type { RuleDescription } from '../checks/finding';
import { describeOwn } from '../checks/own-checks';
import { rules as rulesOfOurs } from '../checks/rules';

import { EspalierError } from '../errors';
import { pageFor, paragraph } from '../report/page';
import { rulesJson } from '../report/rules';
import type { RuleSetting } from '../rules/settings';
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
    const rule = rules.find(({ id }) => id === name);
    if (rule !== undefined) {
      const told = describeRule(rule);
      print(values.format === 'json' ? rulesJson([told]) : explained(told, config.rules?.[rule.id]));
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
      print(rulesJson(listed.map(describeRule)));
      return 0;
    }
    const width = Math.max(...listed.map(({ id }) => id.length));
    print(listed.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}`).join('\n'));
    return 0;
  },
};

function explained(
  { id, severity, title, atRunTime, remedy, source, fixes }: RuleDescription,
  setting: RuleSetting | undefined,
): string {
  const own = typeof setting === 'string' ? setting : setting?.severity;
  const page = pageFor({ color: false, width: process.stdout.columns });
  const line = (lead: string, text: string) => lead + paragraph(text, page, lead.length).join('\n');
  return `${paint('bold', id)} (${severity}${own === undefined || own === severity ? '' : `; ${own} in the configuration`})
${line('', title)}

${line('At run time:  ', atRunTime)}
${line('Fix:          ', remedy)}
${fixes === undefined ? '' : `${line('With --fix:   ', fixes)}\n`}${line('Source:       ', source)}

To turn it off for one object, with the reason:

  metadata:
    annotations:
      espalier/ignore: |
        ${id}: …

For the whole tree, in espalier.config.ts:

  export default { rules: { '${id}': 'off' } };`;
}
