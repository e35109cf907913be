import type { IConstruct } from 'constructs';
import { keysAt, objectAt, textAt } from '../../json/read';
import { type ProviderFacts, providers } from '../../systems/external-secrets/providers';
import { factsOf } from '../../systems/external-secrets/references';
import { oneOf } from '../../systems/format';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { addExternal } from '../external';
import { YamlFile } from '../flux/yaml-file';
import { optionalFormat, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { type Named, named } from '../named';
import { namespaceAt } from '../scopes';
import type { StoreProvider } from './providers';
import { keyIn, RemoteSecret, remoteAt, type StoreKind, type StoreReference, type UnknownStore } from './store-handle';

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
    optionalFormat(this.asConstruct, 'provider', props.provider, oneOf(...Object.keys(providers)));
    this.facts = props.provider && providers[props.provider];
  }

  at(key: string, options?: Readonly<Record<string, string>>): RemoteSecret {
    return remoteAt(this.asConstruct, this, key, options);
  }

  referredBy(reader: IConstruct): StoreReference {
    const { kind, producer, provider } = this.props;
    if (producer instanceof YamlFile && provider) {
      const object = producer.objects.find(
        (each) => each.kind === (kind ?? 'SecretStore') && textAt(each, 'metadata', 'name') === this.storeName,
      );
      const [name = ''] = keysAt(object, 'spec', 'provider');
      const facts = factsOf(name, objectAt(object, 'spec', 'provider', name));
      if (facts && facts !== this.facts) {
        const allowed = `${providerOf(facts)}, as in ${producer.path}`;
        refuse(this.asConstruct, { field: 'provider', value: provider, allowed });
      }
    }
    return referToNamed(reader, this.storeName, this.props);
  }

  keyOf(reader: IConstruct, field: string, key: string | RemoteSecret): string {
    return keyIn(this, this.asConstruct, reader, field, this.isOfTheSame(key) ? key.key : key);
  }

  /** Whether a secret is of this store by another handle: two modules may name one store. */
  private isOfTheSame(key: unknown): key is RemoteSecret {
    if (!(key instanceof RemoteSecret && key.store instanceof NamedStore)) return false;
    const { storeName, facts, props } = key.store;
    return storeName === this.storeName && facts === this.facts && props.kind === this.props.kind;
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

function providerOf(facts: ProviderFacts): string | undefined {
  return Object.entries(providers).find(([, row]) => row === facts)?.[0];
}
