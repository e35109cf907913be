/** `cdk8s-espalier/rules`: the graph of a tree for rules of one's own. */

export type { Json, JsonObject, Path } from '../json/json';
export { isKnown } from '../text/symbolic';
export type {
  Chart,
  Cluster,
  Container,
  KubernetesObject,
  Kustomization,
  ObjectName,
  Pod,
  Reference,
  Secret,
  Target,
  VaultAccess,
} from './cluster';
export { defineRule, type Rule, type RuleOptions, type RuleProblem, type Widened } from './rule';
export type { BuiltInOptions, CheckSettings, RuleSet, RuleSetting, RuleSettings } from './settings';
export type { Severity } from './severity';
