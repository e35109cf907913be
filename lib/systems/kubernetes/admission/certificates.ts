import type { Format } from '../../format';
import { dnsLabel, dnsSubdomain } from '../names';
import { formats } from '../string-formats';
import {
  all,
  fields,
  isWord,
  list,
  needs,
  none,
  number,
  parts,
  type Rule,
  text,
  unlessEmpty,
  words,
  wrong,
} from './rules';

const usages = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
];

/** (pkg/apis/core/validation: ValidateSignerName) */
const signerName: Format = {
  allowed: 'a domain of at least two labels, "/" and a name',
  example: '"example.com/signer"',
  accepts: (name) => {
    const [domain = '', path, ...more] = name.split('/');
    const labels = domain.split('.');
    return (
      more.length === 0 &&
      path !== undefined &&
      dnsSubdomain.accepts(path) &&
      labels.length > 1 &&
      labels.every(dnsLabel.accepts)
    );
  },
};

const request: Rule = (value) => {
  if (!isWord(value) || formats.byte?.test(value) === false) return none;
  return Buffer.from(value, 'base64').toString().includes('-----BEGIN CERTIFICATE REQUEST-----')
    ? none
    : wrong('a certificate request in PEM, in base64', [], {
        value: null,
        says: 'PEM block type must be CERTIFICATE REQUEST',
      });
};

/** (pkg/apis/certificates/validation: validateCertificateSigningRequest) */
export const certificateSigningRequest: Rule = parts({
  spec: all(
    needs({ signerName: signerName.allowed, usages: 'a list of at least one usage', request: 'a certificate request' }),
    fields({
      signerName: all(unlessEmpty(text(signerName)), (name) =>
        name === 'kubernetes.io/legacy-unknown'
          ? wrong('the name of another signer: this one is no longer supported')
          : none,
      ),
      usages: list(words(...usages)),
      request,
      expirationSeconds: number(600),
    }),
  ),
});
