import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EspalierError } from '../../errors';
import { textAt } from '../../json/read';
import { codeOf, messageOf } from '../read';
import { archiveLimits, unpackChart } from './archive';
import type { Chart } from './chart';
import { ChartFault } from './fault';
import { metadataOf } from './folder-chart';
import { helmIgnore } from './helm-ignore';
import { packChart, sha256 } from './pack';

/**
 * A chart that somebody names by its path: its folder, or its archive (.tgz). Subcharts that are not in it stay away: nothing is fetched.
 *
 * @throws EspalierError for what is no chart
 */
export function readLocalChart(path: string): Omit<Chart, 'archive'> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new EspalierError(
      `${path} does not exist. Name definitions (a file or folder), a chart's folder, its archive (.tgz), oci://… or https://….`,
    );
  }
  try {
    const { files, digest } = stats.isDirectory() ? readFolder(path) : readArchive(path);
    const metadata = metadataOf(files);
    const texts = new Map([...files].map(([file, content]) => [file, content.toString('utf8')]));
    const [name = '', version = ''] = [textAt(metadata, 'name'), textAt(metadata, 'version')];
    return { name, version, digest, metadata, files: texts };
  } catch (error) {
    if (error instanceof ChartFault) throw new EspalierError(`${path} is no chart that Helm reads: ${error.message}.`);
    throw new EspalierError(`${path} cannot be read: ${codeOf(error) ?? messageOf(error)}.`);
  }
}

interface Read {
  readonly files: Map<string, Buffer>;
  readonly digest: string;
}

function readArchive(path: string): Read {
  const archive = readFileSync(path);
  return { files: unpackChart(archive), digest: sha256(archive) };
}

/** With the files that Helm does not pack: schemas may lie among them, to which those that are packed refer. */
function readFolder(path: string): Read {
  const all = filesIn(path);
  const ignores = helmIgnore(all.get('.helmignore')?.toString('utf8') ?? '');
  const packed = new Map([...all].filter(([file]) => !isIgnored(file, ignores)));
  const name = textAt(metadataOf(all), 'name') ?? '';
  return { files: unpackChart(packChart(name, all)), digest: sha256(packChart(name, packed)) };
}

/** Whether a file, or a folder that it lies in, is left out. */
function isIgnored(path: string, ignores: ReturnType<typeof helmIgnore>): boolean {
  const parts = path.split('/');
  return parts.some((_, i) => ignores(parts.slice(0, i + 1).join('/'), i < parts.length - 1));
}

/** The files of a folder. Links are not followed. */
function filesIn(root: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let size = 0;
  const below = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== '.git') below(path);
      if (!entry.isFile()) continue;
      size += lstatSync(join(root, path)).size;
      if (files.size >= archiveLimits.files || size > archiveLimits.size) {
        throw new ChartFault(`it has more than ${archiveLimits.files} files, or more than 100 MiB`);
      }
      files.set(path, readFileSync(join(root, path)));
    }
  };
  below('');
  return files;
}
