/** The Vault policies that a tree needs: what each role must allow, as HCL, as commands, as JSON, and against a given policy. */
export { hclOf } from './hcl';
export { type Account, type RoleRequirements, requirementsOf } from './requirements';
