/** HCL as Vault's policies are written in it. */
export type { HclAttribute, HclBlock, HclBody, HclFault, HclText, HclValue, ParseHcl } from './hcl';
export { loadHcl } from './load';
