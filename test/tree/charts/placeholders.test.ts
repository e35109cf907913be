import { symbol } from '../../../lib/text/symbolic';
import { fillIn, restoreAll } from '../../../lib/tree/charts/placeholders';

const host = symbol('HOST');
const port = symbol('PORT');

test('values of which all is known are as they are', () => {
  const values = { a: ['b', 1, null, true] };
  expect(fillIn(values).map((way) => way.values)).toEqual([values]);
});

test('what is not known is a word, digits, a number, another word or another number, the same for the same symbol', () => {
  const values = { url: `https://${host}:${port}/`, port, [`key-${host}`]: 1 };
  expect(fillIn(values).map((way) => way.values)).toEqual([
    { url: 'https://qx0000unknown:qx0001unknown/', port: 'qx0001unknown', 'key-qx0000unknown': 1 },
    { url: 'https://740000100147:740001100147/', port: '740001100147', 'key-740000100147': 1 },
    { url: 'https://900000:900001/', port: 900001, 'key-900000': 1 },
    { url: 'https://wyz0000hidden:wyz0001hidden/', port: 'wyz0001hidden', 'key-wyz0000hidden': 1 },
    { url: 'https://800000:800001/', port: 800001, 'key-800000': 1 },
  ]);
});

test('what is made with them has the symbols again, where it is a number too', () => {
  const values = { host, port };
  for (const way of fillIn(values)) {
    const made = {
      [`${way.values.host}`]: [way.values.port ?? null, `${way.values.host}/${way.values.port}`, 80, null],
    };
    expect(restoreAll(made, way)).toEqual({ [host]: [port, `${host}/${port}`, 80, null] });
    expect(way.restore(`wrong: ${way.values.port}`)).toBe(`wrong: ${port}`);
  }
});
