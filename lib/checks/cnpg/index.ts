import type { Check } from '../check';
import { backupTarget } from './backup-target';
import { hostMissing } from './host-missing';
import { inTreeBarman } from './in-tree-barman';
import { lateReload } from './late-reload';
import { lineBreak } from './line-break';
import { noStandby } from './no-standby';
import { objectStoreMissing } from './object-store-missing';
import { refused } from './refused';
import { reservedName } from './reserved-name';
import { schedule } from './schedule';
import { secretKeys } from './secret-keys';
import { twoPasswords } from './two-passwords';
import { wrongUsername } from './wrong-username';

export const cnpg: readonly Check[] = [
  refused,
  reservedName,
  secretKeys,
  wrongUsername,
  lineBreak,
  twoPasswords,
  lateReload,
  hostMissing,
  noStandby,
  schedule,
  backupTarget,
  objectStoreMissing,
  inTreeBarman,
];
