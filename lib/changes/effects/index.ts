import type { EffectRule } from '../effect';
import { addresses } from './addresses';
import { adoption } from './adoption';
import { blocked } from './blocked';
import { capacity } from './capacity';
import { charts } from './charts';
import { database } from './database';
import { definitions } from './definitions';
import { finalizers } from './finalizers';
import { kustomization } from './kustomization';
import { leaving } from './leaving';
import { moving } from './moving';
import { network } from './network';
import { password } from './password';
import { permissions } from './permissions';
import { privileges } from './privileges';
import { refused } from './refused';
import { replaced } from './replaced';
import { restart } from './restart';
import { sources } from './sources';
import { storeValues } from './store-values';
import { stores } from './stores';
import { substituted } from './substituted';
import { suspended } from './suspended';
import { takeover } from './takeover';
import { unapplied } from './unapplied';
import { upgrades } from './upgrades';
import { variables } from './variables';
import { vault } from './vault';

/** Everything that is looked for. */
export const effectRules: readonly EffectRule[] = [
  leaving,
  finalizers,
  moving,
  adoption,
  replaced,
  refused,
  restart,
  takeover,
  variables,
  substituted,
  password,
  database,
  charts,
  upgrades,
  vault,
  storeValues,
  stores,
  blocked,
  suspended,
  unapplied,
  addresses,
  sources,
  kustomization,
  definitions,
  network,
  permissions,
  privileges,
  capacity,
];
