import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { writeTar } from './tar';

/**
 * Packs a chart as `helm package` does: all files below a folder of its name. The same files make the same archive wherever it is made,
 * which is why it is not compressed: each release of zlib makes other bytes.
 *
 * @param files by their path below the chart
 */
export function packChart(name: string, files: ReadonlyMap<string, Uint8Array>): Buffer {
  const paths = [...files.keys()].sort();
  return gzipStored(writeTar(paths.map((path) => [`${name}/${path}`, files.get(path) as Uint8Array])));
}

/** The same for the same files, which are what packChart is given. */
export function digestOf(files: ReadonlyMap<string, Uint8Array>): string {
  const paths = [...files.keys()].sort();
  const contents = paths.map((path) => files.get(path) as Uint8Array);
  const list = JSON.stringify(paths.map((path, i) => [path, contents[i]?.length]));
  return sha256(Buffer.concat([Buffer.from(list), ...contents]));
}

export function sha256(content: Uint8Array | string): string {
  return `sha256:${hash('sha256', content)}`;
}

/** Gzip without compression (RFC 1952, RFC 1951 section 3.2.4): blocks that are stored as they are. */
export function gzipStored(content: Buffer): Buffer {
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
