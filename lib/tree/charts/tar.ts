import { ChartFault } from './fault';

/** What is in a tar archive. */
export interface TarEntry {
  readonly path: string;
  /** Whether it is a file: no folder, link, device or pipe. */
  readonly isFile: boolean;
  /** How many bytes it has, as its header says. */
  readonly size: number;
  readonly content: Buffer;
}

const blockSize = 512;

/**
 * The entries of a tar archive, in order, as Go's archive/tar reads them, which is what Helm reads with: ustar (POSIX.1-1988), pax
 * (POSIX.1-2001) and GNU.
 *
 * @throws ChartFault for what is no such archive
 */
export function* readTar(tar: Buffer): Generator<TarEntry> {
  let extended: Extended = {};
  for (let at = 0; at + blockSize <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + blockSize);
    if (!isSound(header)) throw new ChartFault('its archive is damaged: a header does not add up');
    const type = String.fromCharCode(header[156] as number);
    const size = withoutContent.has(type) ? 0 : (extended.size ?? numberAt(header, 124, 12));
    const content = tar.subarray(at + blockSize, at + blockSize + size);
    if (content.length < size) throw new ChartFault('its archive is damaged: it ends too early');
    at += blockSize + Math.ceil(size / blockSize) * blockSize;
    if (type === 'x') extended = { ...extended, ...extendedIn(content) };
    else if (type === 'L') extended = { ...extended, path: textAt(content, 0, content.length) };
    else if (type !== 'K' && type !== 'g') {
      const path = extended.path ?? pathOf(header);
      yield { path, isFile: files.has(type) && !path.endsWith('/'), size, content };
      extended = {};
    }
  }
}

/** Regular files, old ones and contiguous ones. */
const files = new Set(['0', '\0', '7']);
/** Links, devices, folders and pipes: whatever size they say they have, nothing follows. */
const withoutContent = new Set(['1', '2', '3', '4', '5', '6']);

/** What stands before an entry and does not fit into its header. */
interface Extended {
  readonly path?: string;
  readonly size?: number;
}

/** The sum of a header's bytes, with spaces where it stands itself. */
function sumOf(header: Buffer): number {
  let sum = 0;
  for (let i = 0; i < blockSize; i++) sum += i >= 148 && i < 156 ? 32 : (header[i] as number);
  return sum;
}

function isSound(header: Buffer): boolean {
  return sumOf(header) === numberAt(header, 148, 8);
}

function textAt(block: Buffer, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}

/** Octal digits or, of numbers that are too large for them, base 256 (GNU). */
function numberAt(header: Buffer, from: number, length: number): number {
  const first = header[from] as number;
  if (first === 0x80) return Number(BigInt(`0x${header.toString('hex', from + 1, from + length)}`));
  const digits = textAt(header, from, length).trim();
  if (!/^[0-7]*$/.test(digits)) throw new ChartFault('its archive is damaged: a header does not add up');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function pathOf(header: Buffer): string {
  const name = textAt(header, 0, 100);
  // GNU has something else there.
  const prefix = header.toString('latin1', 257, 263) === 'ustar\0' ? textAt(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Records of pax: `28 path=templates/web.yaml\n`, of which the number is the length. */
function extendedIn(content: Buffer): Extended {
  const found: { path?: string; size?: number } = {};
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(32, at);
    const length = Number(content.toString('latin1', at, Math.max(space, at)));
    const record = content.toString('utf8', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (
      !Number.isInteger(length) ||
      space < 0 ||
      length < space - at + 3 ||
      at + length > content.length ||
      equals < 1
    ) {
      throw new ChartFault('its archive is damaged: a header does not add up');
    }
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)];
    if (key.startsWith('GNU.sparse'))
      throw new ChartFault('its archive holds sparse files, which espalier does not read');
    if (key === 'path') found.path = value;
    if (key === 'size') found.size = Number(value);
    at += length;
  }
  if (found.size !== undefined && !(Number.isSafeInteger(found.size) && found.size >= 0)) {
    throw new ChartFault('its archive is damaged: a header does not add up');
  }
  return found;
}

/** An archive of files, which are of nobody and of no time. */
export function writeTar(entries: Iterable<readonly [path: string, content: Uint8Array]>): Buffer {
  const parts: Uint8Array[] = [];
  const add = (name: string, type: string, content: Uint8Array) => {
    parts.push(headerOf(name, type, content.length), content, Buffer.alloc(-content.length & (blockSize - 1)));
  };
  for (const [path, content] of entries) {
    if (Buffer.byteLength(path) > 100) add('pax', 'x', Buffer.from(recordOf('path', path)));
    add(path, '0', content);
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * blockSize)]);
}

function headerOf(name: string, type: string, size: number): Buffer {
  const header = Buffer.alloc(blockSize);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(name, 0, 100);
  header.write(octal(0o644, 7) + octal(0, 7) + octal(0, 7) + octal(size, 11) + octal(0, 11), 100);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write(`${octal(sumOf(header), 6)} `, 148);
  return header;
}

/** A record says its own length, digits included. */
function recordOf(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const length = Buffer.byteLength(rest);
  const digits = String(length + String(length).length).length;
  return `${length + digits}${rest}`;
}
