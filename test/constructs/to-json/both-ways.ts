import { inspect } from 'node:util';
import { ApiObject, App, type AppProps, Chart } from 'cdk8s';
import { withFastJson } from '../../../lib/constructs/to-json';

/** What each object of an app becomes: text that shows the order of keys, undefined and holes; or the message of what it throws. */
export interface BothWays {
  readonly cdk8s: readonly string[];
  readonly fast: readonly string[];
  /** Whether the objects were rendered by Espalier, rather than left to cdk8s all the same. */
  readonly standsIn: boolean;
}

/** Renders the objects that a builder makes as cdk8s does, and then while withFastJson stands in for it. */
export function bothWays(build: (chart: Chart) => readonly ApiObject[], props: AppProps = {}): BothWays {
  const app = new App(props);
  const objects = build(new Chart(app, 'chart', { namespace: 'shop', labels: { team: 'shop' } }));
  const own = ApiObject.prototype.toJson;
  const cdk8s = objects.map(shown);
  return withFastJson(app, () => ({
    cdk8s,
    fast: objects.map(shown),
    standsIn: ApiObject.prototype.toJson !== own,
  }));
}

function shown(object: ApiObject): string {
  try {
    const json: unknown = object.toJson();
    return inspect(json, { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null });
  } catch (error) {
    return `throws ${(error as Error).message}`;
  }
}
