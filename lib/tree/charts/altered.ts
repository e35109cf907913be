import { readFileSync, writeFileSync } from 'node:fs';
import { join, normalize } from 'node:path/posix';
import { isJsonObject, type JsonObject } from '../../json/json';
import { parseFile } from '../source/parse';
import { unpackChart } from './archive';
import type { Chart, Closed, RenderInput } from './chart';
import type { Failed } from './documents';
import { otherwise } from './mentions';
import { packChart } from './pack';

/** A chart's archive with templates in which the time and small random numbers are others. */
export function otherwiseIn(archive: string, folder: string): string {
  return altered(archive, join(folder, 'otherwise.tgz'), (files) => {
    for (const [path, content] of files) {
      if (/(?:^|\/)templates\//.test(path)) files.set(path, Buffer.from(otherwise(content.toString('utf8'))));
    }
  });
}

/**
 * A chart's archive in which values.yaml holds what `valuesFiles` hold, where the HelmChart has some; the chart's own counts only
 * if it is one of them (source-controller 1.9 internal/helm/chart/builder.go: GetValuesFiles, builder_remote.go: mergeChartValues).
 */
export function withValuesFiles(chart: Chart, input: RenderInput, folder: string): string | Failed | Closed {
  const { valuesFiles, ignoreMissingValuesFiles = false } = input;
  const paths = valuesFiles.map((path) => normalize(path));
  if (paths.length === 0 || (paths.length === 1 && paths[0] === 'values.yaml')) return chart.archive;
  let merged: JsonObject = {};
  for (const path of paths) {
    if (path.startsWith('../')) {
      return {
        type: 'closed',
        why: `valuesFiles names ${path.replace(/^(?:\.\.\/)+/, '')}, which lies outside the chart`,
      };
    }
    const text = chart.files.get(path);
    if (text === undefined && ignoreMissingValuesFiles) continue;
    if (text === undefined)
      return { type: 'failed', message: `the chart has no file ${path}, which valuesFiles names` };
    const { documents, faults } = parseFile(path, text);
    const value = documents[0]?.value ?? {};
    const [fault] = faults.filter(({ kind }) => kind !== 'duplicate-key');
    if (fault !== undefined || !isJsonObject(value)) {
      const why = fault?.message ?? 'it holds no map';
      return { type: 'failed', template: path, message: `its values cannot be read: ${why}` };
    }
    merged = mergeMaps(merged, value);
  }
  return altered(chart.archive, join(folder, 'values.tgz'), (files) => {
    files.set('values.yaml', Buffer.from(JSON.stringify(merged)));
  });
}

/** Maps are merged, everything else is replaced, by null too (fluxcd/pkg runtime/transform: MergeMaps). */
function mergeMaps(below: JsonObject, above: JsonObject): JsonObject {
  const merged: { [key: string]: JsonObject[string] } = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const own = merged[key];
    merged[key] = isJsonObject(own) && isJsonObject(value) ? mergeMaps(own, value) : value;
  }
  return merged;
}

function altered(archive: string, to: string, change: (files: Map<string, Buffer>) => void): string {
  const files = unpackChart(readFileSync(archive));
  change(files);
  writeFileSync(to, packChart('chart', files), { mode: 0o600 });
  return to;
}
