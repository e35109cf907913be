export { type AllowedConnection, NetworkPolicies, type NetworkPoliciesProps } from './network-policies';
export type { Addresses, Peer, PodsByLabel } from './peers';
