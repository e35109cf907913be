import type { Check } from '../check';
import { substitutionRules } from './faults';
import { lostDollar } from './lost-dollar';
import { missingObject } from './missing-object';
import { noVariables } from './no-variables';
import { secretData } from './secret-data';
import { typed } from './typed';

/** What goes wrong where Flux fills in variables (spec.postBuild). */
export const substitution: readonly Check[] = [
  ...substitutionRules,
  lostDollar,
  noVariables,
  missingObject,
  typed,
  secretData,
];
