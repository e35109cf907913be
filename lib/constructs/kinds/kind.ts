import type { ApiObject, GroupVersionKind } from 'cdk8s';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import { faultsOf as refusedByCnpg } from '../../systems/cnpg/admission';
import type { Fault } from '../../systems/fault';
import { faultsOf } from '../admission';
import { requireObject } from '../formats';
import { refuseFaults } from '../refuse-faults';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { uncommented } from '../yaml-notes';
import type { SpecOfKind } from './given';
import { NamedObject, type NamedObjectProps } from './named-object';
import { resolveSpec } from './resolve';

export interface KindProps<K extends string> extends ResourceProps {
  /** spec as the API has it; where it names an object, a Secret's key, a port or labels, what stands for that may stand. */
  readonly spec: SpecOfKind<K>;
}

/** What the webhooks of groups refuse; that of cert-manager is loaded by apps that have an object of it. */
const refusedBy: Readonly<Record<string, (object: JsonObject) => Iterable<Fault>>> = {
  'cert-manager.io': (object) => certManager().faultsOf(object),
  'postgresql.cnpg.io': refusedByCnpg,
};
const certManager = () =>
  require('../../systems/cert-manager/admission') as typeof import('../../systems/cert-manager/admission');

/** An object of a kind whose spec is known. Stands for its object wherever another one names it. */
export abstract class KindObject<V extends string = string, K extends string = string> extends Resource {
  /** metadata.name */
  readonly name: string;
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** spec as it is written. */
  readonly spec: JsonObject;
  readonly apiVersion: V;
  readonly kind: K;

  constructor(scope: Construct, id: string, apiVersion: V, kind: K, props: ResourceProps & { readonly spec: unknown }) {
    super(scope, id, props);
    // The class that is named: what `kind` made, or right below that; of those below it the properties are not known.
    const own = this.constructor;
    const isNamed = [own, Object.getPrototypeOf(own) as object].some((each) => Object.hasOwn(each, 'GVK'));
    if (isNamed) refuseUnknown(this, KindObject, props, own);
    this.apiVersion = apiVersion;
    this.kind = kind;
    const metadata = this.metadata(props);
    this.name = String(metadata.name);
    const given = requireObject(this, 'spec', props.spec as object, {
      allowed: `spec of a ${kind}, as the API has it`,
      example: '{}',
    });
    this.spec = resolveSpec(this, apiVersion, kind, uncommented(this, given, ['spec']));
    const object = { apiVersion, kind, metadata: { name: this.name }, spec: this.spec };
    refuseFaults(this, object, refusedBy[groupVersion(apiVersion).group] ?? faultsOf, (path) => path);
    this.resource = this.apiObject('Resource', { apiVersion, kind }, metadata, { spec: this.spec });
  }
}

/** The class of a kind. */
export interface KindClass<V extends string, K extends string> {
  new (scope: Construct, id: string, props: KindProps<`${V}/${K}`>): KindObject<V, K>;
  /** Its apiVersion and kind. */
  readonly GVK: GroupVersionKind;
  /** One that no construct here makes. */
  named(name: string, props?: NamedObjectProps): NamedObject<K>;
}

/**
 * The class of a kind whose objects have a spec: those that are here are such classes, and a project makes its own of kinds that
 * `espalier import` has imported. Handles stand where a text does.
 *
 * @example
 * class Widget extends kind('acme.example/v1', 'Widget') {}
 *
 * new Widget(shop.directory, 'gear', { spec: { size: 3, credentials: { secretName: login.secret } } });
 */
export function kind<const V extends string, const K extends string>(apiVersion: V, kind: K): KindClass<V, K> {
  const made = class extends KindObject<V, K> {
    static readonly GVK: GroupVersionKind = { apiVersion, kind };
    static named(name: string, props: NamedObjectProps = {}): NamedObject<K> {
      refuseUnknownOption(`${kind}.named`, props, 'Issuer.named');
      return new NamedObject(apiVersion, kind, name, props);
    }

    constructor(scope: Construct, id: string, props: KindProps<`${V}/${K}`>) {
      super(scope, id, apiVersion, kind, props);
    }
  };
  return made;
}
