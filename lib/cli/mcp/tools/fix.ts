import { readBaseline } from '../../../checks/check-synthesized';
import type { Fixable } from '../../../checks/fixes';
import { EspalierError } from '../../../errors';
import { hider } from '../../../graph/masking';
import { inline } from '../../../graph/masking/printable';
import { differenceOf, fixGiven, writeFixes } from '../../fix';
import { Progress } from '../../progress';
import { number, object, page, pageInput, pageOf, type Tool, text, texts, treeInput } from '../tool';
import { chosenRules } from './check';

/** Lines of the difference that are answered at most. */
const mostLines = 200;

/** Makes the fixes that are mechanical and safe, or shows them. */
export const fix: Tool = {
  name: 'fix',
  title: 'Fix what has one safe fix',
  description:
    'Shows, as a diff, what check --fix would change: findings with one mechanical and safe fix, after which the tree has none of them and no others. With write it is written, if the server was started with --write.',
  input: {
    rule: { type: 'string', description: 'Only this rule, or the rules of a system, such as eso' },
    write: { type: 'boolean', description: 'Write the files (default: false, only show)' },
    ...treeInput,
    ...pageInput,
  },
  output: object(
    {
      written: { type: 'boolean' },
      files: texts,
      fixed: pageOf(object({ rule: text, file: text, line: number, title: text })),
      notFixed: texts,
      diff: text,
      moreLines: number,
    },
    ['written', 'files', 'fixed', 'notFixed', 'diff'],
  ),
  readOnly: false,
  async run(args, { settings, inside, mayWrite }) {
    if (args.write === true && !mayWrite) {
      throw new EspalierError(
        'this server only shows what it would change. Start it with espalier mcp --write to have files written.',
      );
    }
    const { checks, severities } = settings;
    const baseline = settings.baseline === undefined ? undefined : readBaseline(settings.baseline);
    const options = { checks, severities, baseline, only: chosenRules(args.rule as string | undefined, checks) };
    const given = {
      path: inside((args.path as string | undefined) ?? '.'),
      rev: undefined,
      cluster: args.cluster as string | undefined,
    };
    const tree = await Progress.during((progress) => fixGiven(given, settings, options, progress));
    if (args.write === true) writeFixes(tree);
    const hide = hider([tree.graph]);
    const lines = differenceOf(tree.files).split('\n');
    return {
      written: args.write === true && tree.files.length > 0,
      files: tree.files.map(({ shown }) => shown),
      fixed: page(tree.fixed.map(told), args),
      notFixed: tree.refused.map((one) => hide(inline(`${one.file}:${one.line} ${one.rule}: ${one.fix.title}`))),
      diff: hide(lines.slice(0, mostLines).join('\n')),
      ...(lines.length > mostLines && { moreLines: lines.length - mostLines }),
    };

    function told({ rule, file, line, fix: { title } }: Fixable) {
      return { rule, file, line, title: hide(title) };
    }
  },
};
