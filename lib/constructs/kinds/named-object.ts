import type { IConstruct } from 'constructs';
import { groupVersion } from '../../systems/api-version';
import { isClusterScoped } from '../../systems/kinds/scope';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { addExternal } from '../external';
import { requireFormat } from '../formats';
import type { Named } from '../named';
import { namespaceAt } from '../scopes';

export interface NamedObjectProps extends Named {
  /** Where it lives. @default the namespace of whoever refers to it */
  readonly namespace?: string;
}

/** An object that no construct makes, by its name: `ClusterIssuer.named('letsencrypt')`. */
export class NamedObject<K extends string = string> {
  readonly namespace: string | undefined;
  readonly producer: IConstruct | undefined;

  constructor(
    readonly apiVersion: string,
    readonly kind: K,
    /** metadata.name */
    readonly name: string,
    { namespace, producer }: NamedObjectProps,
  ) {
    this.namespace = namespace;
    this.producer = producer;
  }

  /** Has a reader wait for what brings it, or notes that nothing here does. */
  referredBy(reader: IConstruct): { readonly name: string } {
    requireFormat(reader, `the name of a ${this.kind}`, this.name, dnsSubdomain);
    if (this.producer) {
      reader.node.addDependency(this.producer);
      return { name: this.name };
    }
    const { group } = groupVersion(this.apiVersion);
    const namespace = isClusterScoped({ group, kind: this.kind }) ? undefined : (this.namespace ?? namespaceAt(reader));
    addExternal(reader, this.kind, namespace, this.name);
    return { name: this.name };
  }
}

/** A listener of a Gateway: `gateway.listener('https')`. */
export class GatewayListener {
  constructor(
    readonly gateway: (IConstruct & { readonly name: string; readonly namespace: string }) | NamedObject<'Gateway'>,
    readonly sectionName: string,
  ) {}
}
