import { isIP, isIPv4 } from 'node:net';
import type { Format } from '../format';

/** An address as a number, and how many bits it has. */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/**
 * An IP address as Kubernetes' older fields read it: numbers of IPv4 may begin with zeros, and an IPv4 address within IPv6 is one
 * of IPv4. (k8s.io/utils, internal/third_party/forked/golang/net: ParseIPSloppy) Undefined for what is none.
 */
export function parseAddress(text: string): Address | undefined {
  const plain = /^\d+(?:\.\d+){3}$/.test(text) ? text.replace(/\b0+(?=\d)/g, '') : text;
  if (isIPv4(plain)) return { bits: 32, value: ofV4(plain) };
  // Node takes milliseconds to begin with addresses of IPv6, and most texts that come here are names.
  if (!plain.includes(':') || isIP(plain) !== 6 || plain.includes('%')) return undefined;
  const v4 = /^(.*:)(\d+(?:\.\d+){3})$/.exec(plain);
  const low = v4 ? ofV4(v4[2] as string) : 0n;
  const groups = v4 ? `${v4[1]}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}` : plain;
  const [head = '', tail] = groups.split('::');
  const parts = (side: string) => (side === '' ? [] : side.split(':'));
  const missing = tail === undefined ? 0 : 8 - parts(head).length - parts(tail).length;
  const hex = [...parts(head), ...Array<string>(missing).fill('0'), ...parts(tail ?? '')];
  const value = hex.reduce((sum, part) => (sum << 16n) | BigInt(`0x${part}`), 0n);
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

function ofV4(text: string): bigint {
  return text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

/** A range of addresses: so many bits of the address are the network's. */
export interface AddressRange extends Address {
  readonly mask: number;
}

export function parseRange(text: string): AddressRange | undefined {
  const [ip = '', mask = '', ...more] = text.split('/');
  const address = parseAddress(ip);
  if (address === undefined || more.length > 0 || !/^\d+$/.test(mask)) return undefined;
  return Number(mask) <= (ip.includes(':') ? 128 : 32) ? { ...address, mask: Number(mask) } : undefined;
}

/** Whether a range holds another that is smaller. */
export function holds(range: AddressRange, other: AddressRange): boolean {
  if (range.bits !== other.bits || other.mask <= range.mask) return false;
  const shift = BigInt(range.bits - range.mask);
  return range.value >> shift === other.value >> shift;
}

export const ipAddress: Format = {
  allowed: 'an IP address',
  example: '"10.9.8.7"',
  accepts: (text) => parseAddress(text) !== undefined,
};

export const addressRange: Format = {
  allowed: 'a range of addresses (CIDR)',
  example: '"10.9.8.0/24"',
  accepts: (text) => parseRange(text) !== undefined,
};

/** Why an address cannot be that of an endpoint; undefined when it can. (pkg/apis/core/validation: ValidateEndpointIP) */
export function endpointFault(text: string): string | undefined {
  const address = parseAddress(text);
  if (address === undefined) return ipAddress.allowed;
  const { bits, value } = address;
  const begins = (of: number, prefix: bigint, length: number) => bits === of && value >> BigInt(of - length) === prefix;
  if (value === 0n) return 'an address that is given, not the unspecified one';
  if (begins(32, 127n, 8) || (bits === 128 && value === 1n)) return 'an address outside the loopback range';
  if (begins(32, 0xa9fen, 16) || begins(128, 0xfe80n >> 6n, 10)) return 'an address outside the link-local range';
  if (begins(32, 0xe00000n, 24) || begins(128, 0xff02n, 16)) return 'an address outside the link-local multicast range';
  return undefined;
}
