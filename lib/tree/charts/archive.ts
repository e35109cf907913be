import { gunzipSync } from 'node:zlib';
import type { ReadEntry } from 'tar';
import { codeOf } from '../read';
import { ChartFault } from './fault';

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
  for (const [name, content] of readTar(tar, rest)) {
    const [first, path] = splitPath(name);
    folder ||= first;
    if (!isSubchart(path)) {
      files.set(path, withoutMark(content));
      continue;
    }
    const subchart = unpack(content, rest, depth + 1);
    for (const [inner, bytes] of subchart.files) files.set(`charts/${subchart.folder}/${inner}`, bytes);
  }
  return { folder, files };
}

/** An archive right below `charts/`, unless hidden (Helm v4.2 pkg/chart/v2/loader/load.go). */
function isSubchart(path: string): boolean {
  return /^charts\/[^/_.][^/]*\.tgz$/.test(path);
}

function gunzip(archive: Uint8Array, limit: number): Buffer {
  try {
    return gunzipSync(archive, { maxOutputLength: Math.max(limit, 1) });
  } catch (error) {
    if (codeOf(error) !== 'ERR_BUFFER_TOO_LARGE') throw new ChartFault('its archive is damaged, or no archive (.tgz)');
    throw new ChartFault(`its archive unpacks to more than ${archiveLimits.size / MiB} MiB: Helm refuses it`);
  }
}

function readTar(tar: Buffer, rest: Rest): Map<string, Buffer> {
  const { Parser } = require('tar') as typeof import('tar');
  const files = new Map<string, Buffer>();
  let wrong: string | undefined;
  const parser = new Parser({
    onwarn: (_, message) => {
      wrong ??= `is damaged (${message})`;
    },
    onReadEntry: (entry: ReadEntry) => {
      rest.files--;
      wrong ??= faultOf(entry, rest);
      if (wrong !== undefined || !isFile(entry)) {
        entry.resume();
        return;
      }
      const parts: Buffer[] = [];
      entry.on('data', (part: Buffer) => parts.push(part));
      entry.on('end', () => files.set(entry.path, Buffer.concat(parts)));
    },
  });
  parser.end(tar);
  if (wrong !== undefined) throw new ChartFault(`its archive ${wrong}`);
  if (files.size === 0) throw new ChartFault('its archive holds no files');
  return files;
}

function isFile({ type }: ReadEntry): boolean {
  return type === 'File' || type === 'OldFile' || type === 'ContiguousFile';
}

function faultOf({ path, size }: ReadEntry, rest: Rest): string | undefined {
  if (rest.files < 0) return `holds more than ${archiveLimits.files} files`;
  if (path.length > archiveLimits.path) return `holds a path of ${path.length} characters`;
  if (size > archiveLimits.file) return `holds ${JSON.stringify(path)}, which is larger than 5 MiB: Helm refuses it`;
  return undefined;
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
