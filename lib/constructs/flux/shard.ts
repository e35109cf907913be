import type { Construct } from 'constructs';
import { shardKey } from '../../systems/flux/controllers';
import { labelValue } from '../../systems/kubernetes/names';
import { requireFormat } from '../formats';
import { kustomizationOf } from '../scopes';

export interface Sharded {
  /**
   * The shard whose controllers reconcile it (the label `sharding.fluxcd.io/key`); null for those that have none.
   * @default that of the Kustomization that applies it
   */
  readonly shard?: string | null;
}

/** The shard of what a construct makes; undefined for the controllers without one. */
export function shardOf(construct: Construct, { shard }: Sharded): string | undefined {
  if (shard === null) return undefined;
  if (shard !== undefined) return requireFormat(construct, 'shard', shard, labelValue);
  const { scope } = construct.node;
  return scope && kustomizationOf(scope)?.shard;
}

export function shardLabels(shard: string | undefined): { readonly labels?: Record<string, string> } {
  return shard === undefined ? {} : { labels: { [shardKey]: shard } };
}
