import { type ApiObject, JsonPatch } from 'cdk8s';

/**
 * Lets JSON patches reach every field of an object of cdk8s-plus, under the API's own names. By itself it converts an
 * object after its patches: a quantity would have to be `{ value: '1Gi' }`, and what Kubernetes 1.28 did not know is lost.
 *
 * @returns the same object
 */
export function patchable(object: ApiObject): ApiObject {
  const patches: JsonPatch[] = [];
  const toJson = object.toJson.bind(object);
  object.addJsonPatch = (...more) => {
    patches.push(...more);
  };
  object.toJson = () => JsonPatch.apply(toJson(), ...patches);
  return object;
}
