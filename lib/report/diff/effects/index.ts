import type { EffectRule } from '../effect';
import { addresses } from './addresses';
import { blocked } from './blocked';
import { charts } from './charts';
import { database } from './database';
import { leaving } from './leaving';
import { moving } from './moving';
import { password } from './password';
import { refused } from './refused';
import { replaced } from './replaced';
import { restart } from './restart';
import { substituted } from './substituted';
import { suspended } from './suspended';
import { takeover } from './takeover';
import { unapplied } from './unapplied';
import { variables } from './variables';
import { vault } from './vault';

/** Everything that is looked for. */
export const effectRules: readonly EffectRule[] = [
  leaving,
  moving,
  replaced,
  refused,
  restart,
  takeover,
  variables,
  substituted,
  password,
  database,
  charts,
  vault,
  blocked,
  suspended,
  unapplied,
  addresses,
];
