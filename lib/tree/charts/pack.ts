import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * Packs a chart as `helm package` does: all files below a folder of its name. The same files make the same archive wherever it is made,
 * which is why it is not compressed: each release of zlib makes other bytes.
 *
 * @param files by their path below the chart
 */
export function packChart(name: string, files: ReadonlyMap<string, Uint8Array>): Buffer {
  const paths = [...files.keys()].sort();
  const entries = paths.flatMap((path) => entryOf(`${name}/${path}`, files.get(path) as Uint8Array));
  return gzipStored(Buffer.concat([...entries, Buffer.alloc(2 * blockSize)]));
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

/** Gzip without compression (RFC 1952, RFC 1951 section 3.2.4): blocks that are stored as they are. */
function gzipStored(content: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])];
  for (let at = 0; at < content.length; at += longestStored) {
    const block = content.subarray(at, at + longestStored);
    const header = Buffer.alloc(5);
    header.writeUInt8(at + longestStored >= content.length ? 1 : 0);
    header.writeUInt16LE(block.length, 1);
    header.writeUInt16LE(~block.length & 0xffff, 3);
    parts.push(header, block);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content));
  trailer.writeUInt32LE(content.length % 2 ** 32, 4);
  return Buffer.concat([...parts, trailer]);
}

const longestStored = 0xffff;
