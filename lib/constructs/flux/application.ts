import { Construct } from 'constructs';
import { refuse } from '../input-error';
import { refuseUnknown } from '../refuse-unknown';
import { freeId } from '../resource';
import { markApplication } from '../scopes';
import type { Cluster } from './cluster';
import type { Directory } from './directory';
import { FluxKustomization, type FluxKustomizationProps } from './flux-kustomization';
import type { Namespace } from './namespace';

export interface ApplicationProps {
  /** The namespace it lives in; its folder is made if need be. @default the application's id */
  readonly namespace?: string;
  /** Name of the Flux Kustomization and of its folder. @default the application's id */
  readonly name?: string;
  /**
   * What the app is for, in a line: the description of its Flux Kustomization, with which its page of `espalier docs` begins.
   * @default none
   */
  readonly description?: string;
  /** Settings of its Flux Kustomization. */
  readonly kustomization?: FluxKustomizationProps;
}

/**
 * An app of a cluster: a namespace, a Flux Kustomization and the folder it applies, in one line.
 *
 * Depending on the application is depending on its Kustomization.
 *
 * @example
 * const shop = new Application(soyo, 'shop');
 * new ExternalSecret(shop.directory, 'api-secret', { … }); // kubernetes/apps/shop/shop/app/api-secret.yaml
 */
export class Application extends Construct {
  readonly kustomization: FluxKustomization;
  readonly namespaceFolder: Namespace;

  /** @param id name of the Flux Kustomization and of its folder, unless `name` says otherwise */
  constructor(cluster: Cluster, id: string, props: ApplicationProps = {}) {
    super(cluster, freeId(cluster, id));
    refuseUnknown(this, Application, props);
    if (typeof cluster.inNamespace !== 'function') {
      const allowed = 'a Cluster';
      refuse(this, { field: 'the scope', allowed });
    }
    // What is no object is for the class that extends this one to refuse.
    const { namespace, name, description, kustomization } = props ?? {};
    this.namespaceFolder = cluster.inNamespace(namespace ?? id);
    this.kustomization = new FluxKustomization(this.namespaceFolder, name ?? id, {
      ...(description !== undefined && { description }),
      ...kustomization,
    });
    markApplication(this);
  }

  /** The folder that its Kustomization applies: the scope for what belongs to the app. */
  get directory(): Directory {
    return this.kustomization.directory;
  }

  /** The namespace that its objects live in. */
  get namespace(): string {
    return this.namespaceFolder.namespaceName;
  }
}
