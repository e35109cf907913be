import { isJsonObject, type JsonObject } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { combinedInputs, type InputProvider } from '../../systems/flux-operator/inputs';
import { isEmptySelector, selects } from '../../systems/kubernetes/admission/selectors';
import { symbol } from '../../text/symbolic';
import { describe } from '../identity';
import type { Resource } from '../resource';

export const operatorGroup = 'fluxcd.controlplane.io';

/** The inputs of a ResourceSet. */
export type Inputs =
  | { readonly type: 'known'; readonly inputs: readonly JsonObject[]; readonly uncertain: boolean }
  | { readonly type: 'open'; readonly why: string }
  | { readonly type: 'fails'; readonly message: string };

/** @param providers those that are in its namespace */
export function inputsOf(set: Resource, providers: readonly Resource[]): Inputs {
  const chosen = new Set<Resource>();
  for (const reference of listAt(set.value, 'spec', 'inputsFrom')) {
    const name = textAt(reference, 'name');
    const selector = at(reference, 'selector');
    const found = providers.filter((provider) =>
      name !== undefined
        ? provider.name === name
        : isEmptySelector(selector) || selects(selector, at(provider.value, 'metadata', 'labels')) !== false,
    );
    if (found.length === 0) {
      const what = name === undefined ? 'of its selector' : name;
      return { type: 'open', why: `no ResourceSetInputProvider ${what} is in the tree` };
    }
    for (const provider of found) chosen.add(provider);
  }
  const live = [...chosen].find(({ value }) => textAt(value, 'spec', 'type') !== 'Static');
  if (live !== undefined) {
    const type = textAt(live.value, 'spec', 'type') ?? '';
    return { type: 'open', why: `its inputs are those that ${describe(live)} finds (${type})` };
  }
  const strategy = objectAt(set.value, 'spec', 'inputStrategy');
  const inputs = combinedInputs(
    providerOf(set, listAt(set.value, 'spec', 'inputs').filter(isJsonObject)),
    [...chosen].map(ofStatic),
    {
      name: textAt(strategy, 'name') || 'Flatten',
      includeEmptyProviders: at(strategy, 'includeEmptyProviders') === true,
    },
  );
  if (typeof inputs === 'string') return { type: 'fails', message: inputs };
  return { type: 'known', inputs, uncertain: [set, ...chosen].some(({ uncertain }) => uncertain) };
}

/** Its values, and an id made of its UID, which nobody knows (internal/controller/resourcesetinputprovider_controller.go). */
function ofStatic(provider: Resource): InputProvider {
  return providerOf(provider, [{ ...objectAt(provider.value, 'spec', 'defaultValues'), id: symbol('inputs.id') }]);
}

function providerOf({ kind, name, namespace }: Resource, inputs: readonly JsonObject[]): InputProvider {
  return { apiVersion: `${operatorGroup}/v1`, kind, name, namespace, inputs };
}
