import { isAllowed, isPublicAddress } from '../../../lib/tree/charts/address';

test.each([
  ['1.1.1.1', true],
  ['140.82.121.3', true],
  ['223.255.255.1', true],
  ['2606:4700::1111', true],
  ['64:ff9b::101:101', true],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['127.0.0.2', false],
  ['169.254.169.254', false],
  ['172.31.255.255', false],
  ['192.168.1.1', false],
  ['198.18.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  ['fc00::1', false],
  ['fd12:3456::1', false],
  ['ff02::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:1.1.1.1', false],
  ['::127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['64:ff9b::', false],
  ['64:ff9b::10.0.0.1', false],
  ['64:ff9b:1::1.1.1.1', false],
  ['2001:db8::1', false],
  ['2002:7f00:1::', false],
  ['localhost', false],
])('%s is public: %s', (address, is) => {
  expect(isPublicAddress(address)).toBe(is);
});

test('a host is allowed by its name, or with a port alone', () => {
  const hosts = ['charts.example.org', '127.0.0.1:5000', '[::1]:80'];
  const asked = [
    'https://charts.example.org:8443/x',
    'http://127.0.0.1:5000/',
    'http://127.0.0.1:5001/',
    'http://[::1]/',
  ];
  expect(asked.map((url) => isAllowed(new URL(url), hosts))).toEqual([true, true, false, true]);
  expect(isAllowed(new URL('https://charts.example.org.evil.example'), hosts)).toBe(false);
});
