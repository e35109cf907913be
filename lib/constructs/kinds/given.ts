import type { IPodSelector } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { LabelSelector, PortName, Reference, Selector, Specs } from '../../../imports/kinds/specs';
import type { Handle, NamedConstruct } from '../handles';
import type { Kinds } from '../known-kinds';
import type { Secret, SecretKey } from '../secret';
import type { ServiceHandle, ServicePort } from '../service-handle';
import type { GatewayListener, NamedObject } from './named-object';

/** The kinds whose specs are known: `cert-manager.io/v1/Certificate`. */
export type KnownKind = keyof Specs;

/** spec of a kind, as the API has it, with handles where it names something; of other kinds what `Kinds` has, or any. */
export type SpecOfKind<K extends string> = K extends KnownKind
  ? Given<Specs[K]>
  : K extends keyof Kinds
    ? Kinds[K] extends { readonly spec?: infer Spec }
      ? NonNullable<Spec>
      : never
    : Readonly<Record<string, unknown>>;

/** A value as the API has it; where it names an object, what stands for that may stand. */
export type Given<T> =
  T extends Reference<infer To, infer Fields>
    ? (Given<Fields> & NoHandle) | Target<Words<To>, Fields>
    : T extends Selector
      ? Given<LabelSelector> | Labelled
      : T extends PortName
        ? string | Handle | ServicePort
        : T extends string
          ? string extends T
            ? string | Handle
            : T
          : T extends readonly (infer Item)[]
            ? readonly Given<Item>[]
            : T extends object
              ? { readonly [K in keyof T]: Given<T[K]> }
              : T;

/** What constructs and handles have: with a name alone they would be taken for the fields that name something. */
interface NoHandle {
  readonly node?: never;
  readonly keys?: never;
  readonly producer?: never;
}

type Words<T extends string> = T extends `${infer Word} ${infer Others}` ? Word | Words<Others> : T;

/** A key of a ConfigMap: `configMap.key('ca.crt')`. */
interface KeyOfConfigMap {
  readonly configMap: NamedConstruct;
  readonly key: string;
}

/** What is found by its labels: a workload's pods, an object that a construct makes, a namespace. */
export type Labelled = IConstruct | IPodSelector;

/** What may stand where an object of a kind is named. */
type Target<To extends string, Fields> = To extends ''
  ? NamedConstruct | Secret | NamedObject | KeyOfConfigMap
  : To extends '/Secret'
    ? OrKey<Fields, Secret, SecretKey>
    : To extends '/ConfigMap'
      ? OrKey<Fields, NamedConstruct, KeyOfConfigMap>
      : To extends '/Service'
        ? 'port' extends keyof Fields
          ? ServiceHandle | IConstruct
          : NamedConstruct | NamedObject<'Service'>
        : To extends `${TypedGroup}/${infer Kind}`
          ? OfKind<Kind> | ('sectionName' extends keyof Fields ? GatewayListener : never)
          : To extends `${string}/${infer Kind}`
            ? IConstruct | NamedObject<Kind>
            : never;

/** Groups whose kinds all have constructs here, which say what they are. */
type TypedGroup =
  | 'cert-manager.io'
  | 'fluxcd.controlplane.io'
  | 'gateway.networking.k8s.io'
  | 'image.toolkit.fluxcd.io'
  | 'keda.sh'
  | 'monitoring.coreos.com'
  | 'notification.toolkit.fluxcd.io'
  | 'source.toolkit.fluxcd.io';

/** A construct of the kind, or one that does not say what it is, such as a Manifest. */
type OfKind<Kind extends string> =
  | (NamedConstruct & { readonly kind: Kind })
  | (NamedConstruct & { readonly kind?: never })
  | NamedObject<Kind>;

/** A field that has a key takes the key of an object, and the object where it need not say one. */
type OrKey<Fields, Whole, Key> = Fields extends { readonly key: string }
  ? Key
  : 'key' extends keyof Fields
    ? Key | Whole
    : Whole;
