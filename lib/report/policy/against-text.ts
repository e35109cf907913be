import { inline } from '../../graph/masking/printable';
import type { Excess, Lack, PolicyComparison } from '../../graph/vault/compare-policy';
import type { RoleRequirements } from '../../graph/vault/requirements';
import { count } from '../../text/count';
import { enumerated, few } from '../../text/listed';
import { named } from './comment';
import { loginText } from './hcl';

/** How many objects or paths are named of each. */
const most = 4;

/**
 * A comparison for people.
 *
 * @param file the policy's, as the user named it
 */
export function comparisonText(
  requirements: RoleRequirements,
  { lacks, exceeds }: PolicyComparison,
  file: string,
): string {
  const who = `what External Secrets needs, logged in ${inline(loginText(requirements))}`;
  const lines: string[] = [];
  const add = (more: readonly string[]) => {
    for (const line of more) lines.push(line);
  };
  if (lacks.length === 0) lines.push(`${file} allows ${who}${exceeds.length === 0 ? ', and no more' : ''}.`);
  else add([`${file} lacks ${who}:`, '', ...lacks.flatMap(lackLines)]);
  if (exceeds.length > 0) {
    add(['', `${lacks.length === 0 ? 'It' : file} allows more than that:`, '']);
    add(exceeds.flatMap((excess) => excessLines(excess, file)));
  }
  add(unclearLines(requirements));
  if (lacks.length + exceeds.length > 0) lines.push('', `${summary(lacks, exceeds)}.`);
  return `${lines.join('\n')}\n`;
}

function lackLines({ path, capabilities, needs, calls }: Lack): string[] {
  const who = few(
    [...new Set(needs.map(({ resource, purpose }) => `${named(resource)} ${purpose}`))].map(inline),
    most,
  );
  const reason = who.length === 0 ? 'External Secrets asks it for its own token' : enumerated(who);
  return [
    `  ${capabilities.join(', ')} on ${inline(path)}`,
    `    ${reason}: 403 at ${calls.join(' and ')} /v1/${inline(path)}`,
  ];
}

function excessLines({ pattern, line, capabilities, why, covers }: Excess, file: string): string[] {
  const at = line === undefined ? file : `${file}:${line}`;
  const paths = enumerated(few(covers.map(inline), most));
  const says = {
    unused: `nothing asks for ${capabilities.join(', ')} there${covers.length === 0 ? ': it covers none of the paths used' : ''}`,
    capabilities: `nothing asks for ${capabilities.join(', ')} there`,
    wider: `it is wider than what is used: ${paths}`,
  }[why];
  return [`  ${at} ${inline(pattern)}`, `    ${inline(says)}`];
}

function unclearLines({ unclear, wider }: RoleRequirements): string[] {
  const lines = [
    ...unclear.map(({ resource, why }) => `  ${inline(named(resource))}: ${inline(why)}`),
    ...wider.map((path) => `  ${inline(path)}: Vault takes its "*" or "+" for any characters`),
  ];
  return lines.length === 0
    ? []
    : ['', 'Not compared, since the tree or a policy cannot say it:', '', ...few(lines, 20)];
}

function summary(lacks: readonly Lack[], exceeds: readonly Excess[]): string {
  const patterns = new Set(exceeds.map(({ pattern }) => pattern)).size;
  const parts = [
    ...(lacks.length > 0 ? [`${count(lacks.length, 'path')} ${lacks.length === 1 ? 'is' : 'are'} not allowed`] : []),
    ...(patterns > 0 ? [`${count(patterns, 'rule')} ${patterns === 1 ? 'allows' : 'allow'} more than is needed`] : []),
  ];
  return enumerated(parts);
}
