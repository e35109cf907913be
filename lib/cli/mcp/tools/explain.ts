import { EspalierError } from '../../../errors';
import { nearest } from '../../../text/nearest';
import { object, page, pageInput, pageOf, type Tool, text } from '../tool';

/** What rules mean. */
export const explain: Tool = {
  name: 'explain',
  title: 'Explain a rule',
  description:
    'What a rule of check means, what happens at run time, and how to fix what it finds. Of a system (eso, cnpg, flux, …), or without a name, the list of rules.',
  input: {
    rule: { type: 'string', description: 'A rule such as eso/two-owners, or a system such as eso' },
    ...pageInput,
  },
  output: object(
    {
      rule: object({ id: text, severity: text, title: text, atRunTime: text, fix: text, canFix: text, source: text }, [
        'id',
        'severity',
        'title',
        'atRunTime',
        'fix',
        'source',
      ]),
      rules: pageOf(object({ id: text, severity: text, title: text })),
    },
    [],
  ),
  readOnly: true,
  async run(args, { settings: { checks } }) {
    const name = args.rule as string | undefined;
    const rule = checks.find(({ id }) => id === name);
    if (rule !== undefined) {
      const { id, severity, title, atRunTime, remedy, fixes, source } = rule;
      const canFix = fixes === undefined ? {} : { canFix: fixes };
      return { rule: { id, severity, title, atRunTime, fix: remedy, ...canFix, source } };
    }
    const listed = name === undefined ? checks : checks.filter(({ id }) => id.startsWith(`${name}/`));
    if (listed.length === 0) {
      const near = nearest(
        name ?? '',
        checks.map(({ id }) => id),
      );
      throw new EspalierError(
        `there is no rule ${JSON.stringify(name)}${near === undefined ? '. Without a name all rules are listed.' : `; did you mean ${near}?`}`,
      );
    }
    return {
      rules: page(
        listed.map(({ id, severity, title }) => ({ id, severity, title })),
        args,
      ),
    };
  },
};
