import type { PrerequisiteKind } from '../../graph/start';

/** How each kind of prerequisite is headed, and what is said of all of them. */
export const headings: Readonly<Record<PrerequisiteKind, { readonly title: string; readonly lead?: string }>> = {
  repository: { title: 'Flux and the repositories that it reads' },
  secret: { title: 'Secrets and ConfigMaps that nothing in the tree makes' },
  store: { title: 'Stores, and the logins to them' },
  value: {
    title: 'Values in the stores',
    lead: 'What the tree reads there and nothing in it writes.',
  },
  bucket: { title: 'Buckets' },
  data: { title: 'Data', lead: 'Restore it before what uses it starts, or right after.' },
  login: { title: 'Clients at identity providers' },
  host: { title: 'DNS', lead: 'Records of these hosts must lead to the cluster; `dig +short HOST` shows them.' },
  registry: { title: 'Registries and chart repositories', lead: 'The cluster has to reach them.' },
};

/** What is said of the order as a whole. */
export const stages =
  'Within each Kustomization Flux applies definitions, Namespaces, ClusterRoles and classes first, then the rest; what the API server refuses meanwhile, it tries again.';
