import type { IConstruct } from 'constructs';
import type { ProviderFacts } from '../../systems/external-secrets/providers';
import { providers } from '../../systems/external-secrets/providers';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { addExternal } from '../external';
import { YamlFile } from '../flux/yaml-file';
import { requireFormat } from '../formats';
import { type Named, named } from '../named';
import { namespaceAt } from '../scopes';
import type { StoreProvider } from './providers';
import {
  keyIn,
  type RemoteSecret,
  remoteAt,
  type StoreKind,
  type StoreReference,
  type UnknownStore,
} from './store-handle';

export interface NamedStoreProps extends Named {
  /** @default 'SecretStore', of the reader's namespace; null leaves it out of the references, too */
  readonly kind?: StoreKind | null;
}

/** A store that no construct makes, whose provider is known. */
export interface ProvidedStoreProps<V extends StoreProvider> {
  /** Its provider, or a service of that, as the table of providers has it: what it cannot do is refused. @default not known: it takes any reference */
  readonly provider: V;
}

/** A store that is only referred to. */
export class NamedStore implements UnknownStore {
  readonly facts: ProviderFacts | undefined;
  private readonly asConstruct: IConstruct;

  constructor(
    readonly storeName: string,
    private readonly props: NamedStoreProps & Partial<ProvidedStoreProps<StoreProvider>>,
  ) {
    this.asConstruct = named(`${props.kind ?? 'SecretStore'}.named("${storeName}")`);
    this.facts = props.provider && providers[props.provider];
  }

  at(key: string, options?: Readonly<Record<string, string>>): RemoteSecret<''> {
    return remoteAt(this.asConstruct, this, key, options) as RemoteSecret<''>;
  }

  referredBy(reader: IConstruct): StoreReference {
    return referToNamed(reader, this.storeName, this.props);
  }

  keyOf(reader: IConstruct, field: string, key: string): string {
    return keyIn(this, this.asConstruct, reader, field, key);
  }
}

/** Refers to a store that no construct makes. @throws EspalierError where the file that shall bring it has none of that name */
export function referToNamed(
  reader: IConstruct,
  name: string,
  { kind = 'SecretStore', producer }: NamedStoreProps,
): StoreReference {
  requireFormat(reader, 'the name of a store', name, dnsSubdomain);
  if (producer) reader.node.addDependency(producer);
  if (producer instanceof YamlFile) producer.object(kind ?? 'SecretStore', name);
  else
    addExternal(reader, kind ?? 'SecretStore', kind === 'ClusterSecretStore' ? undefined : namespaceAt(reader), name);
  return { name, ...(kind !== null && { kind }) };
}
