import type { RuleSet } from '../rules/settings';
import * as backstage from './backstage';
import * as certmanager from './certmanager';
import type { Check } from './check';
import * as cnpg from './cnpg';
import * as eso from './eso';
import * as flux from './flux';
import * as gateway from './gateway';
import * as helm from './helm';
import * as podSecurity from './pod-security';
import * as policy from './policy';
import * as references from './references';
import * as refused from './refused';
import * as schema from './schema';
import * as secrets from './secrets';
import * as security from './security';
import * as substitution from './substitution';
import * as tree from './tree';
import * as vault from './vault';
import * as workload from './workload';

/** Every rule: one file in its system's folder, and one line in the index there. */
export const checks: readonly Check[] = [
  tree,
  schema,
  flux,
  substitution,
  eso,
  vault,
  cnpg,
  certmanager,
  workload,
  gateway,
  helm,
  backstage,
  references,
  secrets,
  security,
  refused,
  policy,
].flatMap(flat);

function flat(rules: Readonly<Record<string, Check | readonly Check[]>>): readonly Check[] {
  return Object.values(rules).flat();
}

/** Sets of rules that are off unless the configuration, or --rules, asks for them. */
export const ruleSets: Readonly<Record<RuleSet, readonly Check[]>> = { 'pod-security': flat(podSecurity) };
