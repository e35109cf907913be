import { type Danger, dangers, type EffectKind } from '../../changes/review';
import { count } from '../../text/count';

/** How a kind of effect is told to people. */
export interface KindText {
  /** The heading over its effects. */
  readonly title: string;
  /** What it stands for, for docs/diff.md. */
  readonly meaning: string;
  /** How often it happens, as part of a sentence. */
  counted(number: number): string;
}

const objects = (number: number) => count(number, 'object');
const are = (number: number, one: string, many: string) => `${objects(number)} ${number === 1 ? one : many}`;

export const kindTexts: Readonly<Record<EffectKind, KindText>> = {
  data: {
    title: 'Data at risk',
    meaning: 'a database or a volume may lose what it holds',
    counted: (n) => `the data of ${objects(n)} is at risk`,
  },
  password: {
    title: 'Credentials change',
    meaning: 'a new password or key is generated, or its readers get another one',
    counted: (n) => `the credentials of ${objects(n)} change`,
  },
  refused: {
    title: 'Refused',
    meaning:
      'the API server refuses the change, such as that of an immutable field: Flux then applies only the definitions, namespaces, cluster roles and classes of that Kustomization, and nothing else of it',
    counted: (n) => `the API server refuses the change of ${objects(n)}`,
  },
  blocked: {
    title: 'Blocked',
    meaning: 'it cannot be built, or waits for something that is missing or never gets ready',
    counted: (n) => are(n, 'is blocked', 'are blocked'),
  },
  recreated: {
    title: 'Deleted and created again',
    meaning: 'it is gone for a while, with what was stored only in it',
    counted: (n) => are(n, 'is deleted and created again', 'are deleted and created again'),
  },
  deleted: {
    title: 'Deleted',
    meaning: 'Flux prunes it, or it goes with what owns it',
    counted: (n) => are(n, 'is deleted', 'are deleted'),
  },
  orphaned: {
    title: 'Left behind',
    meaning: 'it stays in the cluster, and nothing manages it any more',
    counted: (n) => are(n, 'is left behind', 'are left behind'),
  },
  restart: {
    title: 'Restarts',
    meaning: 'its pods are replaced, because of its own change or of a Secret or ConfigMap that they read',
    counted: (n) => are(n, 'restarts', 'restart'),
  },
  stale: {
    title: 'Not picked up',
    meaning: 'it keeps the old values until somebody restarts it',
    counted: (n) => are(n, 'keeps old values', 'keep old values'),
  },
  upgrade: {
    title: 'Upgrades',
    meaning: 'another version of a chart, an operator or a database',
    counted: (n) => are(n, 'is upgraded', 'are upgraded'),
  },
  scale: {
    title: 'Scaled',
    meaning: 'more or fewer pods or instances',
    counted: (n) => are(n, 'is scaled', 'are scaled'),
  },
  vault: {
    title: 'Secret stores',
    meaning: 'an object reads or writes other values in Vault or another store, or needs other rights there',
    counted: (n) => are(n, 'changes its access to a secret store', 'change their access to secret stores'),
  },
  suspended: {
    title: 'Suspended or resumed',
    meaning: 'nothing is applied until somebody resumes it, or all that has waited is applied at once',
    counted: (n) => are(n, 'is suspended or resumed', 'are suspended or resumed'),
  },
  other: {
    title: 'Other effects',
    meaning: 'anything else that a reviewer should know',
    counted: (n) => are(n, 'has other effects', 'have other effects'),
  },
};

/** What a level of danger means, for docs/diff.md and for who reads the HTML. */
export const dangerMeanings: Readonly<Record<Danger, string>> = {
  none: 'nothing changes in the cluster',
  low: 'nothing that runs is touched',
  medium: 'pods restart, something is upgraded or waits for a person',
  high: 'something is deleted, recreated or fails',
  critical: 'data or credentials may be lost for good',
};

/** How dangerous in comparison: 0 to 4. */
export function rank(danger: Danger): number {
  return dangers.indexOf(danger);
}
