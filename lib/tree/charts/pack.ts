import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** A chart's archive, and the digest of what is in it. */
export interface PackedChart {
  readonly archive: Buffer;
  /** `sha256:…` of the archive before it is compressed: another release of zlib packs the same files into other bytes. */
  readonly digest: string;
}

/**
 * Packs a chart as `helm package` does: all files below a folder of its name. The same files make the same archive.
 *
 * @param files by their path below the chart
 */
export function packChart(name: string, files: ReadonlyMap<string, Uint8Array>): PackedChart {
  const paths = [...files.keys()].sort();
  const entries = paths.flatMap((path) => entryOf(`${name}/${path}`, files.get(path) as Uint8Array));
  const tar = Buffer.concat([...entries, Buffer.alloc(2 * blockSize)]);
  return { archive: gzipSync(tar), digest: sha256(tar) };
}

export function sha256(content: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

const blockSize = 512;

function entryOf(path: string, content: Uint8Array): Uint8Array[] {
  const { Header, Pax } = require('tar') as typeof import('tar');
  const facts = { path, size: content.length, mtime: new Date(0) };
  const header = new Header({ ...facts, type: 'File', mode: 0o644, uid: 0, gid: 0 });
  // Names that are too long stand in a header of their own.
  const extended = header.encode() ? [new Pax(facts).encode()] : [];
  const padding = Buffer.alloc((blockSize - (content.length % blockSize)) % blockSize);
  return [...extended, header.block as Buffer, content, padding];
}
