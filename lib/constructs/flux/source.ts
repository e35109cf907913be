import type { ApiObject, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
import type { BucketSpec } from '../../../imports/flux-bucket';
import type { GitRepositorySpec } from '../../../imports/git-repository';
import type { HelmRepositorySpec } from '../../../imports/helm-repository';
import type { OciRepositorySpec } from '../../../imports/oci-repository';
import { addExternal } from '../external';
import { gvk } from '../gvk';
import type { Plain } from '../merge';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { namespaceAt, requireSameCluster } from '../scopes';
import { type SpecOf, specJson } from '../spec';
import type { HelmText } from './helm-values';
import { type Sharded, shardLabels, shardOf } from './shard';

export interface SourceProps<Spec> extends ResourceProps, Sharded {
  /** spec of the object, as Flux has it; the names of Secrets may be handles. */
  readonly spec: WithSecrets<Plain<Spec>>;
}

export type BucketProps = SourceProps<BucketSpec>;
export type GitRepositoryProps = SourceProps<GitRepositorySpec>;
export type HelmRepositoryProps = SourceProps<HelmRepositorySpec>;
export type OciRepositoryProps = SourceProps<OciRepositorySpec>;

type WithSecrets<Spec> = {
  readonly [K in keyof Spec]: K extends SecretField
    ? { readonly name: HelmText } | Extract<Spec[K], undefined>
    : K extends 'verify'
      ? SpecOf<Spec[K]>
      : Spec[K];
};

/** Fields that name a Secret. */
type SecretField = 'secretRef' | 'certSecretRef' | 'proxySecretRef';

/** A source that is there already, by its name. */
export interface NamedSource<Kind extends string = string> {
  readonly kind: Kind;
  readonly name: string;
  /** Where it is. @default the namespace of whoever refers to it */
  readonly namespace?: string;
}

/** What Flux fetches: HelmReleases take charts from it, Kustomizations files, and wait for whoever makes it. */
export abstract class Source<Kind extends string = string> extends Resource {
  /** metadata.name */
  readonly name: string;
  /** The L1 beneath. */
  readonly resource: ApiObject;
  abstract readonly kind: Kind;

  constructor(scope: Construct, id: string, kind: GroupVersionKind, props: SourceProps<unknown>) {
    super(scope, id, props);
    refuseUnknown(this, new.target, props);
    const metadata = this.metadata(props, shardLabels(shardOf(this, props)));
    this.name = String(metadata.name);
    this.resource = this.apiObject('Resource', kind, metadata, { spec: specJson(this, props.spec) });
  }
}

/** A repository of Git that Flux fetches. */
export class GitRepository extends Source<'GitRepository'> {
  readonly kind = 'GitRepository';

  /** One that no construct here makes. */
  static named(name: string, options: { readonly namespace?: string } = {}): NamedSource<'GitRepository'> {
    refuseUnknownOption('GitRepository.named', options);
    return { kind: 'GitRepository', name, ...options };
  }

  constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    super(scope, id, gvk.GitRepository, props);
  }
}

/**
 * An artifact of a registry that Flux fetches: a chart, or files for Kustomizations.
 *
 * @example
 * const chart = new OciRepository(app.directory, 'ocirepository', {
 *   name: 'podinfo',
 *   spec: { interval: '15m', url: 'oci://ghcr.io/stefanprodan/charts/podinfo', ref: { tag: '6.9.0' } },
 * });
 * new HelmRelease(app.directory, 'helmrelease', { name: 'podinfo', chart: { ref: chart } });
 */
export class OciRepository extends Source<'OCIRepository'> {
  readonly kind = 'OCIRepository';

  /** One that no construct here makes. */
  static named(name: string, options: { readonly namespace?: string } = {}): NamedSource<'OCIRepository'> {
    refuseUnknownOption('OciRepository.named', options);
    return { kind: 'OCIRepository', name, ...options };
  }

  constructor(scope: Construct, id: string, props: OciRepositoryProps) {
    super(scope, id, gvk.OciRepository, props);
  }
}

/** A repository of charts. */
export class HelmRepository extends Source<'HelmRepository'> {
  readonly kind = 'HelmRepository';

  /** One that no construct here makes. */
  static named(name: string, options: { readonly namespace?: string } = {}): NamedSource<'HelmRepository'> {
    refuseUnknownOption('HelmRepository.named', options);
    return { kind: 'HelmRepository', name, ...options };
  }

  constructor(scope: Construct, id: string, props: HelmRepositoryProps) {
    super(scope, id, gvk.HelmRepository, props);
  }
}

/** A bucket of an object store that Flux fetches. */
export class Bucket extends Source<'Bucket'> {
  readonly kind = 'Bucket';

  /** One that no construct here makes. */
  static named(name: string, options: { readonly namespace?: string } = {}): NamedSource<'Bucket'> {
    refuseUnknownOption('Bucket.named', options);
    return { kind: 'Bucket', name, ...options };
  }

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id, gvk.Bucket, props);
  }
}

/**
 * A source as another object names it: the namespace of one that a construct makes is left out where it is the same.
 *
 * @throws EspalierError for a construct of another cluster
 */
export function referenceToSource<Kind extends string>(
  reader: Resource,
  field: string,
  source: Source<Kind> | NamedSource<Kind>,
): NamedSource<Kind> {
  const { kind, name, namespace } = source;
  if (Construct.isConstruct(source)) {
    requireSameCluster(reader, field, source);
    reader.node.addDependency(source);
    // One that stands in no namespace, as in a Component, is in that of its reader.
    if (namespace === reader.namespace || namespaceAt(source) === undefined) return { kind, name };
  } else addExternal(reader, kind, namespace ?? reader.namespace, name);
  return { kind, name, ...(namespace !== undefined && { namespace }) };
}
