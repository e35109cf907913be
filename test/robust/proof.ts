import type { Finding, Result } from '../../lib/checks/finding';
import { formats } from '../../lib/report';
import { compareText } from '../../lib/text/compare';
import { loadHcl } from '../../lib/tree/hcl';
import { makeBuild } from '../../lib/tree/kustomize';
import { checkTree } from '../checks/check-tree';
import { memory, type Texts } from '../tree/kustomize/memory';

/** Checks a tree as the command does, and states of the result and of every report what holds of any tree. */
export async function prove(texts: Texts): Promise<Result> {
  const result = await check(texts);
  for (const finding of result.findings) expect(whereIsWrong(finding, texts)).toBeUndefined();
  for (let i = 1; i < result.findings.length; i++) {
    const [before, after] = [result.findings[i - 1], result.findings[i]] as [Finding, Finding];
    const order = compareText(before.file, after.file) || before.line - after.line || before.column - after.column;
    if (order > 0) throw new Error(`not in order: ${place(before)} before ${place(after)}`);
  }
  const options = { color: false, failOn: 'error', version: '0.0.0' } as const;
  for (const [name, { render }] of Object.entries(formats)) {
    const text = render(result, options);
    if (name === 'json' || name === 'sarif') JSON.parse(text);
    if (text.includes('[object Object]') && !JSON.stringify(texts).includes('[object Object]')) {
      throw new Error(`${name} prints an object: ${/.{0,100}\[object Object\].{0,100}/.exec(text)?.[0]}`);
    }
  }
  return result;
}

export async function check(texts: Texts): Promise<Result> {
  const source = memory(texts);
  const build = makeBuild(source);
  return checkTree(source, build, { hcl: await loadHcl() });
}

/** What is wrong about where a finding is; undefined when it is in a file of the tree. */
function whereIsWrong(finding: Finding, texts: Texts): string | undefined {
  const { file, line, column } = finding;
  const text = texts[file]?.toString('utf8').replace(/^\ufeff/, '');
  if (text === undefined) return `${place(finding)}: there is no such file`;
  const own = text.split(/\r\n|\n|\r/)[line - 1];
  if (own === undefined) return `${place(finding)}: there is no such line`;
  return column >= 1 && column <= own.length + 1 ? undefined : `${place(finding)}: there is no such column`;
}

function place({ rule, file, line, column, message }: Finding): string {
  return `${rule} ${file}:${line}:${column} ${message.slice(0, 300)}`;
}
