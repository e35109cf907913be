/** The Vault policies that a tree needs: what each role must allow, as HCL, as commands, as JSON, and against a given policy. */
export { type Unclear, withoutStore } from '../../graph/vault/cluster-wide';
export { comparePolicy, type Excess, type Lack, type PolicyComparison } from '../../graph/vault/compare-policy';
export { type Account, type RoleRequirements, requirementsOf } from '../../graph/vault/requirements';
export { comparisonText } from './against-text';
export { type CommandOptions, commandsOf } from './commands';
export { type PolicyFile, policyFiles } from './files';
export { hclOf } from './hcl';
export { type ClusterRequirements, comparisonJson, policyJson } from './json';
export { sharedPolicies } from './shared';
