import { backstage } from './backstage';
import type { Check } from './check';
import { cnpg } from './cnpg';
import { eso } from './eso';
import { flux } from './flux';
import { schema } from './schema';
import { secrets } from './secrets';
import { security } from './security';
import { substitution } from './substitution';
import { tree } from './tree';
import { vault } from './vault';
import { workload } from './workload';

/** Every rule: one file in its system's folder, and one line in the index there. */
export const checks: readonly Check[] = [
  ...tree,
  ...schema,
  ...flux,
  ...substitution,
  ...eso,
  ...vault,
  ...cnpg,
  ...workload,
  ...backstage,
  ...secrets,
  ...security,
];
