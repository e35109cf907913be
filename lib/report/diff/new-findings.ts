import type { Finding } from '../../checks/finding';
import { withoutHash } from './pairs';

/**
 * Findings that the other side has not. Lines may have moved, and what kustomize generates may have got another hash at the end of
 * its name: neither makes a finding a new one, nor does another name of the object at the same place.
 */
export function newIn(findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  let [mine, theirs] = [findings, others];
  // The surest first: of two that say the same, the one that is gone is the one of the file that changed.
  for (const key of [placeOf, fileOf, sayingOf])
    [mine, theirs] = [leftOf(mine, theirs, key), leftOf(theirs, mine, key)];
  return mine;
}

type Key = (finding: Finding) => readonly unknown[];

const placeOf: Key = ({ rule, message, file, line, column }) => [rule, message, file, line, column];
const fileOf: Key = (finding) => [finding.file, ...sayingOf(finding)];
const sayingOf: Key = ({ rule, object = '', message }) => {
  const plain = withoutHash(object);
  const [name, short] = [object, plain].map((text) => text.replace(/^.*[ /]/, ''));
  // Other words of the message may end like a hash.
  return [rule, plain, name === short ? message : message.replaceAll(name ?? '', short ?? '')];
};

function leftOf(findings: readonly Finding[], others: readonly Finding[], keyOf: Key): readonly Finding[] {
  const known = new Map<string, number>();
  for (const other of others) {
    const key = JSON.stringify(keyOf(other));
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return findings.filter((finding) => {
    const key = JSON.stringify(keyOf(finding));
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}
