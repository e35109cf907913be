import type { Check } from '../check';
import { accountNamespace } from './account-namespace';
import { caNamespace } from './ca-namespace';
import { casDelete } from './cas-delete';
import { doubledData } from './doubled-data';
import { keyRepeatsMount } from './key-repeats-mount';
import { lookupSelf } from './lookup-self';
import { mountMissing } from './mount-missing';
import { policyMisses } from './policy-misses';
import { roleBinding } from './role-binding';

export const vault: readonly Check[] = [
  policyMisses,
  keyRepeatsMount,
  doubledData,
  mountMissing,
  casDelete,
  accountNamespace,
  caNamespace,
  roleBinding,
  lookupSelf,
];
