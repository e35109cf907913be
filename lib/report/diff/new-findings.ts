import type { Finding } from '../../checks/finding';
import { withoutHash } from './pairs';

/**
 * Findings that the other side has not. Lines may have moved, and what kustomize generates may have got another hash at the end of
 * its name: neither makes a finding a new one.
 */
export function newIn(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  // In the same file first: of two that say the same, the one that is gone is the one of the file that changed.
  return leftOf(leftOf(findings, others, true), leftOf(others, findings, true), false);
}

function leftOf(findings: readonly Finding[], others: readonly Finding[], inFile: boolean): Finding[] {
  const key = ({ rule, object = '', message, file }: Finding) => {
    // Only where the object's name is the one in the message, too: other words may end like a hash.
    const [name, plain] = [object.replace(/^.*[ /]/, ''), withoutHash(object)];
    const said = plain === object ? message : message.replaceAll(name, withoutHash(name));
    return JSON.stringify([rule, plain, said, ...(inFile ? [file] : [])]);
  };
  const known = new Map<string, number>();
  for (const other of others) known.set(key(other), (known.get(key(other)) ?? 0) + 1);
  return findings.filter((finding) => {
    const left = known.get(key(finding)) ?? 0;
    known.set(key(finding), left - 1);
    return left <= 0;
  });
}
