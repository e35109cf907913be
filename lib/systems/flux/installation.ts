const controllers =
  /^(?:source|kustomize|helm|notification|image-reflector|image-automation)-controller$|^source-watcher$/;
const services = /^(?:(?:source|notification)-controller|source-watcher|webhook-receiver)$/;

/**
 * Whether an object is part of Flux as `flux install` and the Flux Operator make it in flux-system, although the tree does not have
 * it (https://github.com/fluxcd/flux2/tree/main/manifests).
 */
export function isOfFlux({
  group,
  kind,
  namespace,
  name,
}: Readonly<Record<'group' | 'kind' | 'namespace' | 'name', string>>): boolean {
  if (namespace !== 'flux-system') return false;
  switch (`${group}/${kind}`) {
    case '/Service':
      return services.test(name);
    case '/ServiceAccount':
    case 'apps/Deployment':
      return controllers.test(name);
    default:
      return false;
  }
}
