import type {
  ExternalSecretSpec,
  ExternalSecretSpecTarget,
  ExternalSecretSpecTargetTemplate,
} from '../../../imports/external-secret';
import type { Keys } from '../description';
import type { DeepPartial } from '../merge';
import type { ResourceProps } from '../resource';
import type { Secret } from '../secret';
import type { SpecOf } from '../spec';
import type { Remote, WholeSecret } from './remotes';
import type { DataFrom } from './sources';
import type { SecretStoreHandle } from './store-handle';
import type { TemplateText, TemplateValues } from './template';
import type { VaultPath } from './vault-path';

export type RefreshPolicy = 'Periodic' | 'OnChange' | 'CreatedOnce';
export type CreationPolicy = 'Owner' | 'Orphan' | 'Merge' | 'None' | 'CreateOrMerge';
export type DeletionPolicy = 'Retain' | 'Delete' | 'Merge';

/** A template as External Secrets has it. */
export type SecretTemplate<T extends string = string> = Omit<SpecOf<ExternalSecretSpecTargetTemplate>, 'data'> & {
  readonly data?: { readonly [Name in T]: string };
};

/** What a function makes of the keys: a template whose texts are literal but for the values in them. */
export type ComposedTemplate<T extends string = string> = Omit<SecretTemplate, 'data'> & {
  readonly data: { readonly [Name in T]: TemplateText };
};

/** spec.target as External Secrets has it. */
export type SecretTarget<T extends string = string> = Omit<SpecOf<ExternalSecretSpecTarget>, 'template'> & {
  readonly template?: SecretTemplate<T>;
};

export interface ExternalSecretProps<
  R extends string,
  O extends string,
  D extends string,
  P extends string,
  T extends string = never,
  X extends string = never,
  Key = VaultPath,
  M extends string = never,
> extends ResourceProps {
  /** Where the values come from; null where each of them says a store of its own. */
  readonly store: (SecretStoreHandle<Key> & Readable) | null;
  /** A whole secret of the store. Its keys are `required`, `optional` and `defaults`, unless `template` says otherwise. @default none */
  readonly extract?: NoInfer<WholeSecret<Key>>;
  /** Further sources: secrets, what a search finds, generators; keys can be renamed in each. @default none */
  readonly dataFrom?: readonly NoInfer<DataFrom<Key>>[];
  /**
   * Keys that Vault must hold: without one the Secret is not written. A list, or an object with a line on each, which the pages of
   * `espalier docs` show to whoever fills Vault. @default none
   */
  readonly required?: Keys<R>;
  /** Keys that Vault may hold: empty where it does not. A list, or an object with a line on each. @default none */
  readonly optional?: Keys<O>;
  /** Keys that Vault may hold, and their value where it does not. @default none */
  readonly defaults?: { readonly [Name in D]: string };
  /** Single values, each under the key that it gets in the Secret, or that templates know it by. @default none */
  readonly data?: Readonly<Record<P, NoInfer<Remote<Key>>>>;
  /**
   * What the Secret holds: a function of the keys of `required`, `optional`, `defaults` and `data`, whose texts are literal but for the
   * values in them; or a template of your own, written as it stands; or null for none, so that the Secret has whatever keys the sources
   * yield. @default the keys of `required`, `optional`, `defaults` and `data`, and no others
   */
  readonly template?:
    | SecretTemplate<T>
    | ((values: TemplateValues<NoInfer<R | O | D | P>>) => ComposedTemplate<T>)
    | null;
  /** spec.target, written as it stands, without any default; null for none. @default what the properties say */
  readonly target?: SecretTarget<T> | null;
  /** Keys of the Secret that nothing here says, as those of an `extract` without a template: the author's word. @default none */
  readonly keys?: readonly X[];
  /**
   * A Secret that others write, too: the keys are added to it. That of an ExternalSecret needs `creationPolicy: 'CreateOrMerge'` there.
   * @default none: a Secret of its own
   */
  readonly into?: Secret<M>;
  /**
   * Whether the values are made once, and stay until somebody deletes the Secret: `refreshPolicy: CreatedOnce`, `immutable: true` and
   * `creationPolicy: Orphan`, as a GeneratedSecret has them. @default false
   */
  readonly once?: boolean;
  /** metadata.name of the Secret; null leaves it out. @default the ExternalSecret's own name */
  readonly secretName?: string | null;
  /** The Secret's type. @default Opaque */
  readonly type?: string;
  /** Labels and annotations of the Secret; ESO does not copy the ExternalSecret's. @default none */
  readonly secretLabels?: Readonly<Record<string, string>>;
  readonly secretAnnotations?: Readonly<Record<string, string>>;
  /** @default 'Periodic' */
  readonly refreshPolicy?: RefreshPolicy | null;
  /** @default '1h'; '30m' for values of generators whose tokens expire after an hour */
  readonly refreshInterval?: string | null;
  /** @default 'Owner'; with `into`, what its Secret needs: Merge or CreateOrMerge */
  readonly creationPolicy?: CreationPolicy | null;
  /** What becomes of the Secret when the values are gone from Vault. @default 'Retain' */
  readonly deletionPolicy?: DeletionPolicy | null;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<ExternalSecretSpec> | SpecOf<ExternalSecretSpec>;
}

/** A store that can be read, as far as is known. */
interface Readable {
  readonly facts?: { readonly title: string; readonly read?: undefined };
}

/** The keys of a Secret: those of a template of its own, or those that are named; any where none is. */
export type KeysMade<Named extends string, T extends string, X extends string> = [T] extends [never]
  ? [Named | X] extends [never]
    ? string
    : Named | X
  : T | X;

export type AnyExternalSecretProps = ExternalSecretProps<string, string, string, string, string, string, never>;
