import { isScalar, type Node, type Scalar as ScalarNode } from 'yaml';
import { readInteger, resolvePlain, type Scalar } from './plain';

/** What makes a document unreadable, in words that show nothing of it. */
export class Unreadable extends Error {}

/**
 * A scalar's value.
 *
 * @throws Unreadable for what JSON does not have, and for what is not what its tag says
 */
export function readScalarNode(node: ScalarNode): Scalar {
  const value = resolve(node);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Unreadable('JSON has no infinity and no NaN');
  return value;
}

const base64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

function resolve(node: ScalarNode): Scalar {
  const text = String(node.value ?? '');
  switch (node.tag) {
    case undefined:
      return node.type === 'PLAIN' ? resolvePlain(text) : text;
    case 'tag:yaml.org,2002:binary':
      if (!base64.test(text.replace(/[\r\n]/g, ''))) mistagged();
      return Buffer.from(text, 'base64').toString('utf8');
    case 'tag:yaml.org,2002:int':
      return readInteger(text.replaceAll('_', '')) === undefined ? mistagged() : resolvePlain(text);
    case 'tag:yaml.org,2002:float':
      return typeof resolvePlain(text) === 'number' ? resolvePlain(text) : mistagged();
    case 'tag:yaml.org,2002:bool':
      return typeof resolvePlain(text) === 'boolean' ? resolvePlain(text) : mistagged();
    case 'tag:yaml.org,2002:null':
      return resolvePlain(text) === null ? null : mistagged();
    default:
      return text;
  }
}

function mistagged(): never {
  throw new Unreadable('a scalar is not what its tag says');
}

/**
 * A key as a string. (sigs.k8s.io/yaml, convertToJSONableObject)
 *
 * @throws Unreadable for what cannot be one
 */
export function readKey(node: Node | null | undefined): string {
  if (!isScalar(node)) throw new Unreadable('a key that is not a scalar');
  const value = resolve(node);
  if (value === null) throw new Unreadable('unsupported map key');
  if (typeof value !== 'number') return String(value);
  const integer = readInteger(String(node.value).replaceAll('_', ''));
  if (integer === undefined) return floatText(value);
  if (integer >= 2n ** 63n) throw new Unreadable('unsupported map key');
  return String(integer);
}

/** A float of 32 bits, as Go's FormatFloat(value, 'g', -1, 32) writes it. */
function floatText(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return Number.isNaN(single) ? '.nan' : single > 0 ? '.inf' : '-.inf';
  let digits = 0;
  while (digits < 8 && Math.fround(Number(single.toExponential(digits))) !== single) digits++;
  const [mantissa = '', exponent = '0'] = single.toExponential(digits).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(single.toExponential(digits)));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
