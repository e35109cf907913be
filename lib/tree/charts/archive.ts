import { gunzipSync } from 'node:zlib';
import { codeOf } from '../read';
import { ChartFault } from './fault';
import { readTar } from './tar';

const MiB = 1024 ** 2;

/**
 * The most that is unpacked of a chart, with the archives of subcharts in it. The sizes are Helm's
 * (v4.2 pkg/chart/loader/archive/archive.go), which knows no others.
 */
export const archiveLimits = { size: 100 * MiB, file: 5 * MiB, files: 10_000, path: 1_000, depth: 5 };

/** What is left of the limits. */
interface Rest {
  size: number;
  files: number;
}

/**
 * The files of a chart's archive by their path below the chart; those of subcharts that are archives themselves stand below
 * `charts/NAME/`. Nothing is written anywhere. Links and devices are left out: to Helm they are empty files.
 *
 * @throws ChartFault for what Helm refuses, and for more than the limits allow
 */
export function unpackChart(archive: Uint8Array): Map<string, Buffer> {
  return unpack(archive, { size: archiveLimits.size, files: archiveLimits.files }, 0).files;
}

interface Unpacked {
  /** The folder that all of it is in: the chart's name. */
  readonly folder: string;
  readonly files: Map<string, Buffer>;
}

function unpack(archive: Uint8Array, rest: Rest, depth: number): Unpacked {
  if (depth > archiveLimits.depth) throw new ChartFault(`its archive holds charts within charts, ${depth} deep`);
  const files = new Map<string, Buffer>();
  let folder = '';
  const tar = gunzip(archive, rest.size);
  rest.size -= tar.length;
  for (const [name, content] of filesIn(tar, rest)) {
    const [first, path] = splitPath(name);
    folder ||= first;
    const [, charts] = subchart.exec(path) ?? [];
    if (charts === undefined) {
      files.set(path, withoutMark(content));
      continue;
    }
    const inner = unpack(content, rest, depth + 1);
    for (const [file, bytes] of inner.files) files.set(`${charts}${inner.folder}/${file}`, bytes);
  }
  return { folder, files };
}

/** An archive right below the `charts/` of the chart or a subchart, unless hidden (Helm v4.2 pkg/chart/v2/loader/load.go). */
const subchart = /^((?:charts\/[^/_.][^/]*\/)*charts\/)[^/_.][^/]*\.tgz$/;

function gunzip(archive: Uint8Array, limit: number): Buffer {
  try {
    return gunzipSync(archive, { maxOutputLength: Math.max(limit, 1) });
  } catch (error) {
    if (codeOf(error) !== 'ERR_BUFFER_TOO_LARGE') throw new ChartFault('its archive is damaged, or no archive (.tgz)');
    throw new ChartFault(`its archive unpacks to more than ${archiveLimits.size / MiB} MiB: Helm refuses it`);
  }
}

/** The files of an archive, as long as there is room for them. */
function* filesIn(tar: Buffer, rest: Rest): Generator<readonly [path: string, content: Buffer]> {
  let empty = true;
  for (const { path, isFile, size, content } of readTar(tar)) {
    if (--rest.files < 0) throw new ChartFault(`its archive holds more than ${archiveLimits.files} files`);
    if (path.length > archiveLimits.path) throw new ChartFault(`its archive holds a path of ${path.length} characters`);
    if (size > archiveLimits.file) {
      throw new ChartFault(`its archive holds ${JSON.stringify(path)}, which is larger than 5 MiB: Helm refuses it`);
    }
    if (isFile) yield [path, content];
    empty &&= !isFile;
  }
  if (empty) throw new ChartFault('its archive holds no files');
}

/** The chart's folder, and a path below it as Helm reads it. */
function splitPath(name: string): readonly [folder: string, path: string] {
  const [folder = '', ...parts] = name.replace(/^(?:\.\/)+/, '').split(name.includes('\\') ? '\\' : '/');
  const path = parts.join('/').split(/[/\\]/);
  const kept = path.filter((part) => part !== '.' && part !== '');
  const leaves = path[0] === '' || kept.length === 0 || kept.includes('..') || folder === '..' || folder === '';
  if (leaves || /^[A-Za-z]:$/.test(kept[0] ?? '') || /[\0/]/.test(folder)) {
    throw new ChartFault(`its archive holds ${JSON.stringify(name)}, a path that leads out of the chart's folder`);
  }
  return [folder, kept.join('/')];
}

/** Helm drops the mark that texts of Windows begin with. */
function withoutMark(content: Buffer): Buffer {
  return content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? content.subarray(3) : content;
}
