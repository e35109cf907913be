import { isJsonObject, type Json } from '../../json/json';
import { parseForeign } from '../../json/parse';
import type { Chart, Closed } from './chart';

/**
 * Why the values cannot be held against the schemas of a chart: one refers to something that is not in it. Helm would fetch it, or
 * read it from this machine (v4.3 pkg/chart/common/util/jsonschema.go).
 */
export function outOfReach({ files }: Chart): Closed | undefined {
  for (const [path, text] of files) {
    if (!/^(?:charts\/[^/]+\/)*values\.schema\.json$/.test(path)) continue;
    const [reference] = referencesIn(parseForeign(text) ?? null).filter((each) => !each.startsWith('#'));
    if (reference !== undefined)
      return { type: 'closed', why: `${path} refers to ${reference}, which is out of reach` };
  }
  return undefined;
}

function referencesIn(schema: Json): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(referencesIn);
  if (!isJsonObject(schema)) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    return /^\$(?:dynamicRef|recursiveRef|ref)$/.test(key) && typeof value === 'string' ? [value] : referencesIn(value);
  });
}
