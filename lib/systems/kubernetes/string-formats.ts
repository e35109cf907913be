import { isIP, isIPv4, isIPv6 } from 'node:net';
import { parseDuration } from '../duration';

/**
 * The formats that the API server tests strings for, and those of Kubernetes' own kinds; others it ignores.
 *
 * Sources: k8s.io/apiextensions-apiserver pkg/apiserver/validation/formats.go, k8s.io/kube-openapi pkg/validation/strfmt
 */
export const formats: Readonly<Record<string, { readonly noun: string; test(text: string): boolean }>> = {
  byte: { noun: 'base64', test: (text) => base64.test(text.replace(/[\r\n]/g, '')) },
  'date-time': { noun: 'a time such as 2026-07-01T12:00:00Z', test: isDateTime },
  datetime: { noun: 'a time such as 2026-07-01T12:00:00Z', test: isDateTime },
  date: { noun: 'a date such as 2026-07-01', test: isDate },
  duration: {
    noun: 'a duration such as 1h30m',
    test: (text) => parseDuration(text) !== undefined || longDuration.test(text),
  },
  ipv4: { noun: 'an IPv4 address', test: (text) => isIPv4(text) },
  ipv6: { noun: 'an IPv6 address', test: (text) => isIPv6(text) && !text.includes('%') },
  ip: { noun: 'an IP address', test: (text) => isIP(text) !== 0 && !text.includes('%') },
  cidr: { noun: 'a CIDR such as 10.0.0.0/8', test: isCidr },
  uri: { noun: 'a URI', test: isUri },
  email: {
    noun: 'an email address',
    test: (text) => /^[^\s@]+@[^\s@]+$/.test(text) || /<[^\s@]+@[^\s@]+>$/.test(text),
  },
  hostname: { noun: 'a host name', test: (text) => text.length <= 255 && hostname.test(text) },
  mac: { noun: 'a MAC address', test: (text) => mac.test(text) },
  uuid: { noun: 'a UUID', test: (text) => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text) },
  hexcolor: { noun: 'a colour such as #ffcc00', test: (text) => /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text) },
};

/** The numbers that fit into a format. */
export const ranges: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  // 2 ** 63 itself is the nearest double of what does not fit.
  int64: [-(2 ** 63), 2 ** 63 - 1024],
};

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const longDuration = /^\d+\s*(ns|us|µs|ms|s|m|h|d|w|nano|micro|milli|sec|second|min|minute|hr|hour|day|week|wk)s?$/i;
const hostname = /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\.?$/i;
const mac = /^([0-9a-f]{2}[:-]){5}([0-9a-f]{2}[:-][0-9a-f]{2}[:-])?[0-9a-f]{2}$|^([0-9a-f]{4}\.){2,3}[0-9a-f]{4}$/i;

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function isDateTime(text: string): boolean {
  const [date = '', time = ''] = text.split(/[Tt]/, 2);
  return isDate(date) && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[-+]\d\d:\d\d)$/.test(time);
}

export function isCidr(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/');
  const family = isIP(address);
  return more.length === 0 && family !== 0 && /^(0|[1-9]\d*)$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

/** As Go's url.ParseRequestURI: a scheme, or a path from the root. */
export function isUri(text: string): boolean {
  if (text.startsWith('/')) return !/[\s\p{Cc}]/u.test(text) && !/%(?![0-9a-f]{2})/i.test(text);
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text);
}
