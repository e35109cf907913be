import { kind } from './kind';

/**
 * Where Flux sends what Alerts choose.
 *
 * @example
 * new Provider(monitoring.directory, 'discord', { spec: { type: 'discord', secretRef: webhook.secret } });
 */
export class Provider extends kind('notification.toolkit.fluxcd.io/v1beta3', 'Provider') {}

/**
 * Which events Flux reports, and where to. It does not wait for what the events are about: it tells of what fails, too.
 *
 * @example
 * new Alert(monitoring.directory, 'shop', { spec: { providerRef: provider, eventSources: [shop.kustomization] } });
 */
export class Alert extends kind('notification.toolkit.fluxcd.io/v1beta3', 'Alert') {}

/**
 * An address that has Flux reconcile when it is called: a webhook of a Git host or a registry.
 *
 * @example
 * const spec = { type: 'github', events: ['push'], secretRef: token.secret, resources: [repository] } as const;
 * new Receiver(flux.directory, 'github', { spec });
 */
export class Receiver extends kind('notification.toolkit.fluxcd.io/v1', 'Receiver') {}

/**
 * A repository of images whose tags Flux lists.
 *
 * @example
 * new ImageRepository(shop.directory, 'shop', { spec: { image: 'ghcr.io/acme/shop', interval: '10m' } });
 */
export class ImageRepository extends kind('image.toolkit.fluxcd.io/v1', 'ImageRepository') {}

/**
 * Which tag of an ImageRepository is the newest; `pinned()` marks where it is written.
 *
 * @example
 * const policy = { semver: { range: '1.x' } };
 * new ImagePolicy(shop.directory, 'shop-policy', { name: 'shop', spec: { imageRepositoryRef: images, policy } });
 */
export class ImagePolicy extends kind('image.toolkit.fluxcd.io/v1', 'ImagePolicy') {}

/**
 * Commits the tags that ImagePolicies choose.
 *
 * @example
 * const git = { commit: { author: { email: 'flux@example.org' } }, push: { branch: 'main' } };
 * const spec = { interval: '30m', sourceRef: repository, git, update: { path: './apps' } };
 * new ImageUpdateAutomation(flux.directory, 'images', { spec });
 */
export class ImageUpdateAutomation extends kind('image.toolkit.fluxcd.io/v1', 'ImageUpdateAutomation') {}

/**
 * Flux itself, as the Flux Operator installs it.
 *
 * @example
 * const distribution = { version: '2.x', registry: 'ghcr.io/fluxcd' };
 * new FluxInstance(operator.directory, 'flux', { spec: { distribution } });
 */
export class FluxInstance extends kind('fluxcd.controlplane.io/v1', 'FluxInstance') {}

/**
 * Objects that the Flux Operator makes from inputs.
 *
 * @example
 * new ResourceSet(previews.directory, 'previews', { spec: { inputsFrom: [requests], resourcesTemplate } });
 */
export class ResourceSet extends kind('fluxcd.controlplane.io/v1', 'ResourceSet') {}

/**
 * Where a ResourceSet has its inputs from: pull requests, branches, tags.
 *
 * @example
 * const spec = { type: 'GitHubPullRequest', url: 'https://github.com/acme/shop', secretRef: token.secret } as const;
 * new ResourceSetInputProvider(previews.directory, 'requests', { spec });
 */
export class ResourceSetInputProvider extends kind('fluxcd.controlplane.io/v1', 'ResourceSetInputProvider') {}
